// One message of the list, as the server's templates make it; <template id="message-template"> is the same for us.
import { fillCarried, wordsOfCarried } from "./chat-carried.js";

const STATES = ["waiting", "sent", "delivered", "read"];
const QUOTED = 80; // characters of a message that another one answers
const { lang } = document.documentElement;

export const numberOf = (item) => Number(item?.dataset.number ?? 0);

const part = (item, name) => item.querySelector(`[data-part=${name}]`);

function put(item, name, text) {
  const place = part(item, name);
  if (!place) return;
  place.hidden = !text;
  if (place.textContent !== text) place.textContent = text;
}

export function dayOf(at, zone) {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return day.format(new Date(at));
}

// As the server writes days: browsers do not know the Kazakh months. days: the 11th of each month of 2345 in words.
export function dayInWords(day, days) {
  const [year, month, date] = day.split("-");
  return days.split("|")[month - 1].replace("2345", year).replace("11", Number(date));
}

export const momentOf = (item) => part(item, "at").dateTime;

// What one can do with a message: in the templates its addresses have 0 for the number.
export function setNumber(item, number) {
  item.id = `m-${number}`;
  item.dataset.number = String(number);
  const actions = item.querySelector(".message__actions");
  actions.hidden = false;
  for (const name of ["href", "action"]) {
    for (const element of actions.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, element.getAttribute(name).replace(/\/0(?=\/)|=0(?=[&#]|$)/g, ([sign]) => sign + number));
    }
  }
}

function fillReply(item, number) {
  const reply = part(item, "reply");
  reply.hidden = !number;
  if (!number) return;
  const answered = document.getElementById(`m-${number}`);
  reply.href = answered ? `#m-${number}` : `?around=${number}#m-${number}`;
  if (answered) part(reply, "quoted").textContent = textOf(answered).slice(0, QUOTED);
}

// For the helper: how urgent the risk check finds it.
function fillLevel(item, level) {
  const pieces = document.querySelector(`template[data-level="${Number(level)}"]`);
  part(item, "level").replaceChildren(...(pieces ? [pieces.content.cloneNode(true)] : []));
}

// Only the other side answers a message in one press, so on theirs the pressed button is one's own.
function fillReactions(item, { mine, reactions = {} }) {
  for (const what of ["support", "thanks"]) put(item, what, String(reactions[what] || ""));
  for (const button of mine ? [] : item.querySelectorAll("[data-what]")) press(button, Boolean(reactions[button.dataset.what]));
}

// What is pressed takes itself back.
export function press(button, isPressed) {
  button.setAttribute("aria-pressed", String(isPressed));
  button.value = isPressed ? "" : button.dataset.what;
}

// words: the data of the page's #chat. Takes what a frame says of a message, or what waits (which has no number yet).
export function fill(item, message, words) {
  const { number, mine, at } = message;
  if (number) setNumber(item, number);
  item.classList.toggle("message--mine", mine);
  if (mine) item.setAttribute("aria-live", "off"); // who wrote it knows it
  item.querySelector(".message__actions").hidden = Boolean(message.deleted) || !number;
  put(item, "who", mine ? words.me : words.other);
  const time = part(item, "at");
  time.dateTime = at;
  const clock = { timeZone: words.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  time.textContent = new Date(at).toLocaleTimeString(lang, clock);
  put(item, "text", message.deleted ? words.deleted : message.text);
  fillCarried(part(item, "attachment"), message.deleted ? null : message.attachment, words.page);
  item.classList.toggle("message--deleted", Boolean(message.deleted));
  part(item, "hidden").hidden = !message.hidden;
  fillLevel(item, message.level);
  put(item, "edited", message.edited && !message.deleted ? words.edited : "");
  fillReply(item, message.reply);
  fillReactions(item, message);
}

export function make(message, words) {
  const item = document.getElementById("message-template").content.firstElementChild.cloneNode(true);
  const actions = document.getElementById(message.mine ? "actions-mine" : "actions-theirs");
  item.querySelector(".message__actions").replaceChildren(actions.content.cloneNode(true));
  fill(item, message, words);
  return item;
}

// States go forward only: what was read does not become delivered again.
export function setState(item, state) {
  const place = part(item, "state");
  if (!place || STATES.indexOf(state) <= STATES.indexOf(place.dataset.state)) return;
  place.dataset.state = state;
  place.hidden = false;
  place.replaceChildren(document.getElementById("message-states").content.querySelector(`[data-state=${state}]`).cloneNode(true));
}

export const textOf = (item) => part(item, "text").textContent.trim() || wordsOfCarried(item);

export const spoken = (item) =>
  [part(item, "who").textContent, part(item, "text").textContent, wordsOfCarried(item)].map((words) => words.trim()).filter(Boolean).join(": ");
