// Where scripts lead to another page from. Who leaves in a hurry gets where they wanted: nothing that comes later, such as
// the news that the sign-in has ended, leads them elsewhere.
let inAHurry = false;

// A page that is on its way already gets there: to lead it elsewhere would break off what the person has just sent.
const MOST = 5000; // ms that a way takes; what is only downloaded leaves the page where it was
let leftAt = -Infinity;
addEventListener("beforeunload", () => (leftAt = performance.now()));

export function lead(navigate) {
  const rest = leftAt + MOST - performance.now();
  if (rest > 0) setTimeout(lead, rest, navigate);
  else if (!inAHurry) navigate();
}

export function hide() {
  document.documentElement.classList.add("is-leaving");
}

export function leaveInAHurry(address) {
  inAHurry = true;
  hide();
  location.replace(address); // the back button does not come back here
}
