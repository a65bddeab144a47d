// A second press while a form is on its way sends nothing; whoever stops the loading can send again a little later.
const WAIT = 10000; // ms

export function start(form) {
  let sent = -WAIT;
  form.addEventListener("submit", (event) => {
    if (Date.now() - sent < WAIT) event.preventDefault();
    else sent = Date.now();
  });
  addEventListener("pageshow", () => {
    sent = -WAIT;
  });
}
