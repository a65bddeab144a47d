// The page for writing: keeps a draft while one writes, goes to another question without losing words, sends like moods.
import { lead } from "./going.js";
import { start as startSending } from "./send-moods.js";

const PAUSE = 1500; // ms without a key, after which the draft is kept

export function start(form) {
  const { note, prompt } = form.elements;
  const state = form.querySelector("[data-draft-state]");
  const words = form.dataset;
  let timer;
  let kept = note.value;
  let over = false; // the entry itself is on its way
  startSending(form);

  async function keep() {
    clearTimeout(timer);
    if (over || note.value === kept) return true;
    const text = note.value;
    const body = new FormData(form);
    body.set("draft", "1");
    const sent = { method: "POST", body: new URLSearchParams(body), headers: { Accept: "application/json" } };
    const response = await fetch(form.action, { ...sent, credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (response?.ok) {
      kept = text;
      state.textContent = (await response.json()).said;
      return true;
    }
    const signedOut = response?.type === "opaqueredirect" || response?.status === 403;
    state.textContent = signedOut ? words.signin : words.unsaved;
    return false;
  }

  note.addEventListener("input", () => {
    over = false;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    over = true;
    clearTimeout(timer);
  });
  form.addEventListener("emptied", () => {
    kept = "";
    state.textContent = "";
  });
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  for (const link of document.querySelectorAll("[data-prompt]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      prompt.value = link.dataset.prompt;
      if (await keep()) lead(() => location.assign(`?prompt=${link.dataset.prompt}`));
    });
  }
}
