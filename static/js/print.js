// Shows the button for printing where printing works.
export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
