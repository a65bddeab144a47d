// Shows a choice of the low-vision panel at once; it is kept when the person presses "Save".
export function start(panel) {
  const root = document.documentElement;
  panel.addEventListener("change", (event) => {
    if (event.target.type === "radio") root.dataset[event.target.name] = event.target.value;
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open) return;
    panel.open = false;
    panel.querySelector("summary").focus();
  });
}
