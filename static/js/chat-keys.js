// The list by keys: arrows, Home and End walk it, Escape goes back to the field; Alt+N says aloud what is new, and only that.
import { numberOf, spoken } from "./chat-message.js";

const NEW = "KeyN"; // where that letter is on any keyboard, whatever its language
const TYPED_IN = "input, textarea, select, [contenteditable]";

export function walk(log, items, field) {
  let stop = log; // the one place in the list where Tab stops

  function stopAt(element) {
    if (stop !== log) stop.tabIndex = -1;
    log.tabIndex = element === log ? 0 : -1;
    if (element !== log) element.tabIndex = 0;
    stop = element;
  }

  log.addEventListener("focusin", ({ target }) => {
    const item = target.closest(".message");
    if (item) stopAt(item);
  });
  log.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.target.matches(TYPED_IN)) return;
    if (event.key === "Escape") return field?.focus();
    const all = items();
    const at = all.indexOf(document.activeElement.closest(".message"));
    const steps = { ArrowUp: at < 0 ? all.length - 1 : at - 1, ArrowDown: at < 0 ? all.length - 1 : at + 1, Home: 0, End: all.length - 1 };
    if (!(event.key in steps) || !all.length) return;
    event.preventDefault();
    const to = all[Math.max(0, Math.min(all.length - 1, steps[event.key]))];
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  });
  // What has the stop may be taken out of the list.
  new MutationObserver(() => stop.isConnected || ((stop = log), (log.tabIndex = 0))).observe(log, { childList: true, subtree: true });
}

export function readNew(reader, items, nothing) {
  const unread = document.getElementById("unread");
  const known = items().filter((item) => !unread || item.compareDocumentPosition(unread) & Node.DOCUMENT_POSITION_FOLLOWING);
  let heard = Math.max(0, ...known.map(numberOf));
  addEventListener("keydown", (event) => {
    if (event.code !== NEW || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const news = items().filter((item) => numberOf(item) > heard && !item.matches(".message--mine"));
    heard = Math.max(heard, ...news.map(numberOf));
    reader.textContent = "";
    const said = news.map(spoken).join("\n") || nothing;
    setTimeout(() => (reader.textContent = said)); // the same words twice are said twice
  });
}
