// Adds a button that shows what is typed into a password field.
export function start(wrapper) {
  const input = wrapper.querySelector("input");
  const words = wrapper.dataset;
  const button = document.createElement("button");
  const status = document.createElement("span");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = words.show;
  button.setAttribute("aria-controls", input.id);
  status.className = "sr";
  status.setAttribute("role", "status");
  button.addEventListener("click", () => {
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    button.textContent = show ? words.hide : words.show;
    status.textContent = show ? words.showing : words.hidden;
  });
  input.form.addEventListener("submit", () => {
    input.type = "password";
  });
  wrapper.append(button, status);
}
