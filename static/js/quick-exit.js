// "Leave this page quickly": blank at once, end the session, put the neutral page in place of this one.
import { hide, leaveInAHurry } from "./going.js";

const PRESSES = 3;
const WITHIN = 5000; // ms

export function start(form) {
  const leave = () => {
    localStorage.removeItem("emocare-person"); // without a network, too, nothing more is written here for this person
    sessionStorage.clear(); // what was begun to be written: chat-field.js
    hide();
    document.title = "…";
    // keepalive: the request outlives the page.
    fetch(form.action, { method: "POST", keepalive: true, redirect: "manual", credentials: "same-origin" }).catch(() => {});
    leaveInAHurry(form.dataset.target);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = [];
  let alone = false; // Shift for a capital letter, or with Alt to change the keyboard's language, does not count
  const startAnew = () => {
    presses = [];
    alone = false;
  };
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (event.key !== "Shift") presses = [];
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    const now = Date.now();
    presses = [...presses.filter((moment) => now - moment < WITHIN), now];
    if (presses.length >= PRESSES) leave();
  });
  document.addEventListener("pointerdown", startAnew);

  // A copy of a private page that the browser puts aside is blank, and asks the server before it is seen again.
  if (!("private" in form.dataset)) return;
  addEventListener("pagehide", (event) => {
    if (event.persisted) hide();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
