// Shows what waits in this browser, and sends it as soon as the network is back.
import { keep } from "./offline-pages.js";
import { drop, flush, isShared, knownPerson, onChange, waiting } from "./outbox.js";

const PAUSES = [2000, 5000, 15000, 60000]; // ms between attempts: a browser does not always know that it has a network

function line(entry, words) {
  const item = document.createElement("li");
  const time = new Date(entry.pressed).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  item.textContent = `${entry.label || words.journal}, ${time}`;
  if (!entry.wrong) return item;
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet" });
  remove.textContent = words.drop;
  remove.addEventListener("click", () => drop(entry.id));
  const mend = Object.assign(document.createElement("button"), { type: "button", className: "button" });
  mend.textContent = words.mend;
  mend.addEventListener("click", () => correct(entry));
  item.append(` – ${words.wrong}: ${entry.wrong.join(" ")} `, mend, remove);
  return item;
}

// Takes what was refused back into its form, where it can be corrected.
async function correct(entry) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: entry.address, hidden: true });
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of [...entry.fields.filter(([name]) => name !== "then"), ["csrfmiddlewaretoken", token]]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  await drop(entry.id);
  form.submit();
}

export function start(panel) {
  const words = panel.dataset;
  const person = words.person ?? knownPerson();
  const state = panel.querySelector(".outbox__state");
  const list = panel.querySelector(".outbox__list");
  if (!person || !window.indexedDB || isShared()) return;
  if (words.person && "serviceWorker" in navigator) keep(words.worker).catch(() => {}); // not over plain http
  let waited = false; // something waited on this page, so that its end is worth saying
  let failures = 0;
  let timer;

  async function show(result) {
    const entries = await waiting(person);
    const open = entries.filter((entry) => !entry.wrong);
    panel.dataset.count = String(open.length);
    list.replaceChildren(...entries.map((entry) => line(entry, words)));
    if (open.length) {
      waited = true;
      const why = result.state === "signed out" ? words.signin : words.explained;
      state.textContent = `${words.waiting}: ${open.length}. ${why}`;
    } else if (waited) {
      state.textContent = words.saved;
      waited = false;
    }
    panel.hidden = !entries.length && !state.textContent;
  }

  async function attempt() {
    clearTimeout(timer);
    const state = await flush(person, words.sync);
    failures = state === "saved" ? 0 : failures + 1;
    const entries = await waiting(person);
    if (entries.some((entry) => !entry.wrong)) timer = setTimeout(attempt, PAUSES[Math.min(failures, PAUSES.length - 1)]);
  }

  onChange((event) => {
    show(event.detail);
    if (event.detail.state === "offline" || event.detail.state === "signed out") {
      clearTimeout(timer);
      timer = setTimeout(attempt, PAUSES[Math.min(failures, PAUSES.length - 1)]);
    }
  });
  addEventListener("online", attempt);
  document.addEventListener("visibilitychange", () => document.hidden || attempt());
  attempt().catch((error) => console.warn("outbox", error));
}
