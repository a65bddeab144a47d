// Keeps each answer of a page with all questions as soon as it is chosen; what the network does not take is sent again.
import { lead } from "./going.js";
import { start as sendOnce } from "./send-once.js";

const PAUSE = 600; // ms; on their way to an answer the arrow keys pass over others
const PAUSES = [2000, 5000, 15000, 60000]; // ms between attempts

export function start(form) {
  const { saved, unsaved, signin } = form.dataset;
  const state = form.querySelector("[data-save-state]");
  const waiting = new Map(); // name of a question -> answer that is not kept yet
  const marks = new Map(); // name of a question -> where the page says that it is kept
  let [timer, failures, busy, over] = [0, 0, false, false];
  sendOnce(form);

  function mark(name, words) {
    if (!marks.has(name)) {
      const place = document.createElement("p");
      place.className = "question__state";
      place.setAttribute("aria-hidden", "true"); // said once for all by the status
      form.querySelector(`[name="${name}"]`).closest("fieldset").append(place);
      marks.set(name, place);
    }
    marks.get(name).textContent = words;
  }

  function say(names, words) {
    for (const name of names) mark(name, words);
    state.textContent = "";
    state.textContent = words;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSES[Math.min(failures++, PAUSES.length - 1)]);
  }

  async function take(response, sent) {
    if (response?.ok) {
      failures = 0;
      for (const [name, value] of sent) if (waiting.get(name) === value) waiting.delete(name);
      say(sent.keys(), saved);
      if (waiting.size) timer = setTimeout(send, PAUSE);
    } else if (response?.status === 409) {
      over = true; // finished in another window
      const place = (await response.json()).over;
      lead(() => location.assign(place));
    } else {
      say(sent.keys(), response?.type === "opaqueredirect" || response?.status === 403 ? signin : unsaved);
      later();
    }
  }

  async function send() {
    clearTimeout(timer);
    if (busy || over || !waiting.size) return;
    busy = true;
    const sent = new Map(waiting);
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, go: "save" });
    for (const [name, value] of sent) body.append(name, value);
    const how = { method: "POST", body, headers: { Accept: "application/json" }, keepalive: document.hidden };
    const response = await fetch(form.action, { ...how, credentials: "same-origin", redirect: "manual" }).catch(() => null);
    busy = false;
    if (!over) await take(response, sent);
  }

  form.addEventListener("change", ({ target }) => {
    waiting.set(target.name, target.value);
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", () => {
    over = true; // all of them are on their way
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => document.hidden && send());
  addEventListener("online", send);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) over = false;
  });
}
