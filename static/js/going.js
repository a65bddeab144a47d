// Where scripts lead to another page from. Who leaves in a hurry gets where they wanted: nothing that comes later, such as
// the news that the sign-in has ended, leads them elsewhere.
let inAHurry = false;

export function lead(navigate) {
  if (!inAHurry) navigate();
}

export function hide() {
  document.documentElement.classList.add("is-leaving");
}

export function leaveInAHurry(address) {
  inAHurry = true;
  hide();
  location.replace(address); // the back button does not come back here
}
