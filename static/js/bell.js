// Keeps the number of unread news true on every open page, and says a larger one aloud, calmly.
import { join } from "./news.js";

const MOST = 99; // above, the bell says "99+"
const PAUSE = 5000; // ms between what is said, so that many news at once are one sentence

export function start(bell) {
  const { none, over } = bell.dataset;
  const number = bell.querySelector(".bell__number");
  const aloud = bell.querySelector(".sr");
  const status = bell.parentElement.querySelector("[role=status]");
  const forms = new Intl.PluralRules(document.documentElement.lang);
  let timer;

  function words(unread) {
    if (!unread) return none;
    return unread > MOST ? over : bell.dataset[forms.select(unread)].replace("{n}", unread);
  }

  function say() {
    timer = undefined;
    status.textContent = aloud.textContent;
  }

  function show(unread) {
    const before = Number(bell.dataset.number);
    bell.dataset.number = unread;
    aloud.textContent = words(unread);
    number.textContent = unread > MOST ? `${MOST}+` : unread;
    number.hidden = !unread;
    if (unread > before) timer ??= setTimeout(say, PAUSE);
    if (!unread) status.textContent = "";
  }

  join({ "notifications.changed": ({ unread }) => show(unread) });
}
