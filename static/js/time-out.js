// Two minutes before a sign-in ends for want of anything happening, asks whether to stay. The server knows how much time
// is left, whichever tab was used last; typing and pressing count, the tabs tell each other.
import { hide, lead } from "./going.js";

const WARNING = 120; // s before the end
const SHARE = 10000; // ms between what tabs tell each other
const MOST = 2 ** 31 - 1; // ms that a timer takes

export function start(dialog) {
  const { presence, signin, minutes, minute } = dialog.dataset;
  const status = dialog.querySelector("[role=status]");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("emocare-presence") : { postMessage() {} };
  let acted = Date.now(); // when the person did something last, in any tab
  let told = acted; // when the server heard of it
  let shared = 0;
  let end;
  let timer;

  function leave() {
    hide();
    const next = encodeURIComponent(location.pathname + location.search);
    lead(() => location.replace(`${signin}?next=${next}&ended=idle`));
  }

  function plan(seconds) {
    end = Date.now() + seconds * 1000;
    if (dialog.open && seconds > WARNING) dialog.close();
    wait();
  }

  function wait() {
    clearTimeout(timer);
    const left = end - Date.now();
    const steps = [left - WARNING * 1000, left - 60000, left];
    timer = setTimeout(look, Math.min(MOST, steps.find((step) => step > 0) ?? 0));
  }

  // What the server says: seconds that are left, "over", or null without a network.
  async function ask(age) {
    const body = age === undefined ? {} : { method: "POST", body: new URLSearchParams({ age, csrfmiddlewaretoken: token() }) };
    const options = { credentials: "same-origin", redirect: "manual", cache: "no-store", ...body };
    const response = await fetch(presence, options).catch(() => null);
    if (response?.type === "opaqueredirect") return "over";
    if (response?.status === 403 && age !== undefined) return ask(); // the token is that of a sign-in before this one
    return response?.ok ? (await response.json()).left : null;
  }

  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  async function look() {
    const isNews = acted > told;
    const sent = acted;
    const left = await ask(isNews ? Math.floor((Date.now() - acted) / 1000) : undefined);
    if (isNews && left !== null) told = sent;
    if (left === "over" || (left ?? (end - Date.now()) / 1000) <= 0) return leave();
    if (left !== null) plan(left);
    else wait();
    if ((end - Date.now()) / 1000 > WARNING) return tabs.postMessage({ left: left ?? 0 });
    if (!dialog.open) dialog.showModal();
    status.textContent = end - Date.now() > 60000 ? minutes : minute;
  }

  async function stay() {
    dialog.close();
    acted = Date.now();
    await look();
  }

  function act() {
    if (dialog.open) return;
    acted = Date.now();
    if (acted - shared < SHARE) return;
    shared = acted;
    tabs.postMessage({ acted });
  }

  for (const kind of ["keydown", "pointerdown", "input"]) addEventListener(kind, act, { passive: true });
  dialog.querySelector("button").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault(); // Esc means: I am here
    stay();
  });
  document.addEventListener("visibilitychange", () => document.hidden || Date.now() < end - WARNING * 1000 || look());
  tabs.onmessage = ({ data }) => {
    if (data.acted) acted = Math.max(acted, data.acted);
    else if (data.left > WARNING) plan(data.left);
  };
  plan(Number(dialog.dataset.left));
}
