// Offers the five faces without a network to the person who was signed in here last, and did not sign out.
import { knownPerson } from "./outbox.js";

export function start(section) {
  section.hidden = !knownPerson();
}
