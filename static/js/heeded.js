// Help that is offered after words that tell of danger: put on top of a page that sent them without being left, and
// closed without losing what somebody types there.
import { lead } from "./going.js";
import { keepFocusInView } from "./keep-focus.js";
import { page } from "./trusted.js";

const CARD = "heeded";
const HEARD = 300; // ms after which a screen reader knows the place where something will be said
const types = (element) => element.matches("input, textarea, select, [contenteditable]");

async function show(address) {
  const { fresh } = await page(address);
  const card = fresh?.getElementById(CARD);
  if (!card || document.getElementById(CARD)) return; // it is there already
  keepFocusInView(() => document.querySelector("main .page").prepend(card));
  card.dispatchEvent(new Event("emocare:fresh", { bubbles: true }));
  const status = card.querySelector("[role=status]");
  setTimeout(() => (status.textContent = status.dataset.words), HEARD); // the focus stays where it is
  if (!types(document.activeElement)) card.scrollIntoView({ block: "start" });
}

export const offer = (address) => show(address).catch((error) => console.warn("heeded", error));

export function start(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } };
    const response = await fetch(form.action, { ...sent, credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (!response?.ok) return lead(() => HTMLFormElement.prototype.submit.call(form));
    document.getElementById(CARD).remove();
    document.getElementById("main").focus();
  });
}
