// The list of messages: each in its place by its number, what waits at its end, days between them.
import { dayInWords, dayOf, fill, make, momentOf, numberOf, setNumber, setState } from "./chat-message.js";
import { lead } from "./going.js";
import { keepFocusInView } from "./keep-focus.js";

const SLACK = 60; // px from the end that still count as the end

// words: what the page's elements say in data attributes. seen: see chat-seen.js.
export function listOf(log, words, seen) {
  const list = log.matches("ol") ? log : log.querySelector("ol");
  const button = document.getElementById("newest");
  const isNewest = "newest" in words; // or the page shows an older part, after which nothing is to be put
  const marks = { got: 0, read: 0 };
  const gone = new Set(); // ids of what waits no more
  let unseen = []; // messages of the other that came while one looked at older ones

  const items = () => [...list.querySelectorAll(":scope > .message")];
  const find = (number) => document.getElementById(`m-${number}`);
  const pending = (id) => items().find(({ dataset }) => dataset.key === id);
  const scrolls = () => log.scrollHeight > log.clientHeight + 1;

  function isAtEnd() {
    const bottom = list.lastElementChild?.getBoundingClientRect().bottom ?? 0;
    return bottom <= (scrolls() ? log.getBoundingClientRect().bottom : innerHeight) + SLACK;
  }

  // At once, and not by a movement, which some people cannot bear.
  function toEnd() {
    if (scrolls()) log.scrollTop = log.scrollHeight;
    else keepFocusInView(() => list.lastElementChild?.scrollIntoView({ block: "nearest" }));
  }

  function countUnseen() {
    if (!button) return;
    button.hidden = !unseen.length;
    button.querySelector("[data-part=count]").textContent = String(unseen.length);
  }

  // The last of those before it, for what has no number yet the last of all.
  function before(number) {
    const known = items().filter((item) => !number || !item.dataset.key);
    return known.findLast((item) => !number || numberOf(item) < number);
  }

  function put(item, at) {
    const number = numberOf(item);
    const previous = before(number);
    if (previous === item || (item.isConnected && number && previous === item.previousElementSibling)) return;
    const day = dayOf(at, words.zone);
    let place = previous;
    const shown = previous && momentOf(previous);
    if (!shown || dayOf(shown, words.zone) !== day) {
      place = document.getElementById(`day-${day}`) ?? newDay(day, previous);
    }
    if (place) place.after(item);
    else list.append(item);
  }

  function newDay(day, previous) {
    const line = document.createElement("li");
    line.className = "day";
    line.id = `day-${day}`;
    line.setAttribute("aria-live", "off");
    const time = Object.assign(document.createElement("time"), { dateTime: day, textContent: dayInWords(day, words.days) });
    line.append(document.createElement("h3"));
    line.firstChild.append(time);
    if (previous) previous.after(line);
    else list.append(line);
    return line;
  }

  function change(work, { follow }) {
    const wasAtEnd = isAtEnd();
    keepFocusInView(work);
    if (wasAtEnd || follow) toEnd();
    return wasAtEnd || follow;
  }

  const stateOf = (number) => (number <= marks.read ? "read" : number <= marks.got ? "delivered" : "sent");

  // `quietly`: many come at once, and are counted instead of being read one after the other.
  function add(message, { quietly = false } = {}) {
    if (find(message.number)) return;
    const item = make(message, words);
    if (!isNewest && !message.mine) countUnseen(unseen.push(item));
    if (!isNewest) return;
    if (message.mine) setState(item, stateOf(message.number));
    else if (quietly) item.setAttribute("aria-live", "off");
    adopt(item);
  }

  const lookAtNewest = () => lead(() => location.assign(location.pathname));

  // A message that is made already; says whether it is new.
  function adopt(item) {
    if (find(numberOf(item))) return false;
    document.getElementById("nothing-yet")?.remove();
    const inView = change(() => put(item, momentOf(item)), { follow: false });
    item.dispatchEvent(new Event("emocare:fresh", { bubbles: true })); // what it carries may have a module: main.js
    if (item.matches(".message--mine")) return true;
    if (!inView) unseen.push(item);
    countUnseen();
    seen.watch(item);
    return true;
  }

  // What one has just written, before it has a number.
  function wait(entry) {
    if (!isNewest || pending(entry.id) || gone.has(entry.id)) return;
    const at = new Date(entry.pressed).toISOString();
    const item = make({ mine: true, text: entry.text, at, reply: entry.reply }, words);
    item.dataset.key = entry.id;
    setState(item, "waiting");
    change(() => put(item, at), { follow: true });
    document.getElementById("nothing-yet")?.remove();
  }

  function settle(id, number, at) {
    gone.add(id);
    const item = pending(id);
    if (!item) return;
    delete item.dataset.key;
    if (find(number)) return item.remove(); // it came by another way already
    setNumber(item, number);
    setState(item, stateOf(number));
    change(() => put(item, at ?? momentOf(item)), { follow: false });
  }

  function withdraw(id) {
    gone.add(id);
    pending(id)?.remove();
  }

  function renew(message) {
    const item = find(message.number);
    if (!item) return;
    const hadFocus = item.contains(document.activeElement);
    change(() => fill(item, message, words), { follow: false });
    if (hadFocus && !item.contains(document.activeElement)) item.focus({ preventScroll: true });
  }

  function mark({ got, read }) {
    marks.got = Math.max(marks.got, got, read);
    marks.read = Math.max(marks.read, read);
    for (const item of items()) {
      if (numberOf(item) && item.matches(".message--mine")) setState(item, stateOf(numberOf(item)));
    }
  }

  button?.addEventListener("click", () => {
    if (!isNewest) return lookAtNewest();
    const [first] = unseen;
    countUnseen((unseen = []));
    first?.scrollIntoView({ block: "start" });
    first?.focus({ preventScroll: true });
  });
  const scrolled = () => unseen.length && isAtEnd() && countUnseen((unseen = []));
  document.addEventListener("scroll", scrolled, { passive: true, capture: true }); // of the page, or of the list in it
  if (!location.hash && !scrollY && document.activeElement === document.body) {
    const unread = document.getElementById("unread");
    if (unread) unread.scrollIntoView({ block: "start" });
    else toEnd();
  }
  for (const item of items()) if (!item.matches(".message--mine")) seen.watch(item);
  return { add, adopt, wait, settle, withdraw, renew, mark, items, isNewest, lookAtNewest };
}
