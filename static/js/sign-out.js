// After signing out, this browser no longer keeps moods for this person.
import { forgetPerson } from "./outbox.js";

export function start(form) {
  form.addEventListener("submit", forgetPerson);
}
