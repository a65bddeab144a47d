// After signing out, this browser no longer keeps moods for this person, and shows no notifications.
import { forgetPerson } from "./outbox.js";
import { mayShow, pushOff } from "./push-off.js";

export function start(form) {
  form.addEventListener("submit", (event) => {
    forgetPerson();
    sessionStorage.clear(); // what was begun to be written: chat-field.js
    if (!mayShow()) return;
    event.preventDefault();
    pushOff().then(() => form.submit());
  });
}
