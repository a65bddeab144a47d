// Opens a question over the page instead of going to the page that asks the same.
export function start(wrapper) {
  const dialog = wrapper.querySelector("dialog");
  wrapper.querySelector("[data-opens]").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.querySelector("[data-closes]").addEventListener("click", () => dialog.close());
}
