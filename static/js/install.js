// Shows the button that puts Emocare on the screen where the browser offers that; nobody is asked.
export function start(button) {
  let offer;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault(); // the browser's own question does not come by itself
    offer = event;
    button.hidden = false;
  });
  button.addEventListener("click", () => {
    button.hidden = true; // a browser lets one offer be taken up once
    offer.prompt();
  });
}
