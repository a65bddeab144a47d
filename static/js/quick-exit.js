// "Leave this page quickly": blank at once, end the session, put the neutral page in place of this one.
const PRESSES = 3;
const WITHIN = 5000; // ms

export function start(form) {
  const leave = () => {
    document.documentElement.classList.add("is-leaving");
    document.title = "…";
    // keepalive: the request outlives the page; replace: the back button does not come back here.
    fetch(form.action, { method: "POST", keepalive: true, redirect: "manual", credentials: "same-origin" }).catch(() => {});
    location.replace(form.dataset.target);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  let alone = false; // Shift pressed for a capital letter does not count
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat;
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) {
      if (event.key !== "Shift") presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((moment) => now - moment < WITHIN), now];
    if (presses.length >= PRESSES) leave();
  });
  // A copy of the page that the browser kept must not come back once the person has left.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
