// Support and thanks in one press, without leaving the page; over the socket comes what both sides then see.
import { press } from "./chat-message.js";
import { lead } from "./going.js";

export function reacting(log) {
  const plainly = new WeakSet(); // forms that go the way they go without a script
  const latest = new WeakMap(); // of each form, the last press: what is heard of an older one says nothing any more

  log.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (!submitter?.matches("[data-what]") || plainly.has(form)) return;
    event.preventDefault();
    const isPressed = Boolean(submitter.value); // now: what comes over the socket may change it before the answer
    const mine = {};
    latest.set(form, mine);
    const body = new URLSearchParams(new FormData(form));
    body.append(submitter.name, submitter.value);
    const sent = { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual" };
    const response = await fetch(form.action, sent).catch(() => null);
    if (response?.ok) {
      if (latest.get(form) !== mine) return;
      for (const button of form.querySelectorAll("[data-what]")) press(button, isPressed && button === submitter);
      return;
    }
    plainly.add(form);
    lead(() => form.requestSubmit(submitter));
  });
}
