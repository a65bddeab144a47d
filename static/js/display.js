// Shows a choice of the low-vision panel at once; it is kept when the person presses "Save".
export function start(panel) {
  const root = document.documentElement;
  const close = () => {
    panel.open = false;
    panel.querySelector("summary").focus();
  };
  panel.addEventListener("change", (event) => {
    if (event.target.type === "radio") root.dataset[event.target.name] = event.target.value;
  });
  if (!("open" in panel)) return; // the settings' own page
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open) close();
  });
  // Saved without leaving the page: what is typed in another form stays, and so do codes that are shown only once.
  panel.addEventListener("submit", async (event) => {
    if (event.submitter?.name) return; // back to the usual look
    event.preventDefault();
    const form = event.target;
    const sent = { method: "POST", body: new FormData(form), redirect: "manual", credentials: "same-origin" };
    const response = await fetch(form.action, sent).catch(() => null);
    if (response?.type === "opaqueredirect") close();
    else form.submit(); // shows what is wrong
  });
}
