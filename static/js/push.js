// Notifications on this device: says in words how it stands, and asks the browser only after the button was pressed.
import { lead } from "./going.js";
import { mayShow, pushOff } from "./push-off.js";
import { script } from "./trusted.js";

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const isKnown = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window && Boolean(crypto.subtle);

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const markOf = async (endpoint) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
const isFor = (subscription, key) => !subscription.options?.applicationServerKey || hex(subscription.options.applicationServerKey) === hex(toBytes(key));

// What this browser is subscribed with, if the list of the page knows it.
async function listed() {
  const registration = mayShow() && (await navigator.serviceWorker.getRegistration("/"));
  const subscription = registration && (await registration.pushManager.getSubscription());
  return subscription ? document.querySelector(`[data-digest="${await markOf(subscription.endpoint)}"]`) : null;
}

async function subscribed({ worker, key }) {
  await navigator.serviceWorker.register(script(worker), { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before && isFor(before, key)) return before;
  await before?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: toBytes(key) });
}

export function start(form) {
  const words = form.dataset;
  const told = form.querySelector("[role=alert]");
  const token = new FormData(form).get("csrfmiddlewaretoken");
  let busy = false;

  function say(text) {
    told.hidden = !text;
    told.textContent = text;
  }

  async function look() {
    const state = !isKnown() ? "unsupported" : Notification.permission === "denied" ? "denied" : (await listed()) ? "on" : "off";
    for (const part of form.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  }

  async function turnOn() {
    if ((await Notification.requestPermission()) !== "granted") return look();
    const subscription = await subscribed(words);
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const sent = { method: "POST", headers, body: JSON.stringify(subscription), credentials: "same-origin", redirect: "manual" };
    const response = await fetch(form.action, sent);
    if (response.ok || response.type === "opaqueredirect") return lead(() => location.replace(location.pathname));
    await subscription.unsubscribe();
    const answer = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : {};
    say(answer.error ?? words.failed);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    say("");
    turnOn()
      .catch(() => say(navigator.onLine ? words.failed : words.offline))
      .finally(() => (busy = false));
  });

  // Stopping this very device ends what the browser knows of it too.
  for (const other of document.querySelectorAll("form[data-stop]")) {
    other.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isKnown() && (await listed())?.contains(other)) await pushOff();
      other.submit();
    });
  }
  look().catch((error) => console.warn("push", error));
}
