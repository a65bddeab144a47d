// Words of an urgent request go out without loading the page: each is put into this browser first, then sent in its order,
// and once: the server knows it by its id. Without this script, and where it fails, the form does the same with a page.
import { waitingFor } from "./chat-store.js";
import { lead } from "./going.js";
import { offer } from "./heeded.js";
import { isShared, newKey, reach } from "./outbox.js";
import { refresh } from "./urgent-live.js";

const PAUSE = 4000; // ms until what could not be sent is tried again

export function start(place) {
  const { thread, person, sent, failed } = place.dataset;
  const region = place.closest("[data-urgent]");
  const store = waitingFor(`urgent ${person}`, thread);
  const alarm = place.querySelector("[role=alert]");
  const status = place.querySelector("[role=status]");
  const list = place.querySelector("ol");
  const like = place.querySelector("template").content.firstElementChild;
  let state = "sending";
  let busy = false;
  let again = false;
  let timer;

  // None while nobody has the request: it goes and comes with the page's own news.
  const form = () => region.querySelector("#write");

  async function show() {
    const entries = await store.all();
    list.replaceChildren(...entries.map((entry) => {
      const item = document.importNode(like, true);
      item.querySelector(".entry__note").textContent = entry.text;
      for (const one of item.querySelectorAll("[data-state]")) one.hidden = one.dataset.state !== state;
      return item;
    }));
    list.parentElement.hidden = !entries.length;
    const waits = list.querySelector("[data-state=waiting]:not([hidden]), [data-state=stuck]:not([hidden])");
    if (waits) say(waits.textContent.trim());
  }

  const say = (words) => status.textContent !== words && (status.textContent = words);

  function warn(words) {
    alarm.textContent = words;
    alarm.hidden = !words;
  }

  // What the server said: {sent}, {wrong}, "later" or "signed out".
  async function post({ id, text: words }) {
    const { csrfmiddlewaretoken: token } = form().elements;
    const fields = { words, form_key: id, csrfmiddlewaretoken: token.value };
    const options = { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" } };
    const response = await reach(form().getAttribute("action"), options);
    if (!response || response.status >= 500 || response.status === 429) return "later";
    if (response.type === "opaqueredirect") return "signed out";
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return isJson ? response.json().catch(() => "later") : { wrong: [failed] };
  }

  // What was refused stands before what was typed meanwhile.
  function back(entry, words) {
    const { words: text } = form().elements;
    text.value = text.value ? `${entry.text}\n${text.value}` : entry.text;
    warn(words.join(" "));
  }

  async function sendAll() {
    for (;;) {
      const [entry] = await store.all();
      if (!entry) return;
      if (!form()) return void (state = "stuck");
      const answer = await post(entry);
      if (answer === "signed out" && !isShared()) return lead(() => location.reload()); // it is sent after signing in
      if (answer === "later") {
        state = "waiting";
        timer = setTimeout(flush, PAUSE);
        return;
      }
      state = "sending";
      if (!answer.sent && !form()) return void (state = "stuck"); // it went meanwhile
      if (answer.sent) {
        say(sent);
        if (answer.help) offer(answer.help);
      } else back(entry, answer.wrong ?? [failed]);
      await store.drop(entry);
      refresh();
      await show();
    }
  }

  async function flush() {
    again = true;
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    try {
      while (again) {
        again = false;
        await (navigator.locks ? navigator.locks.request(`emocare-urgent-${thread}`, sendAll) : sendAll());
      }
    } catch (error) {
      console.warn("urgent-write", error);
      timer = setTimeout(flush, PAUSE);
    } finally {
      busy = false;
      await show();
    }
  }

  region.addEventListener("submit", async (event) => {
    const text = event.target.elements.words;
    if (event.target !== form() || !text.value.trim()) return; // the page says what is missing
    event.preventDefault();
    const entry = { id: newKey(), text: text.value, pressed: Date.now() };
    text.value = "";
    warn("");
    say("");
    text.focus();
    await store.put(entry);
    await show();
    flush();
  });
  region.addEventListener("emocare:fresh", () => state === "stuck" && form() && flush());
  addEventListener("online", flush);
  flush();
}
