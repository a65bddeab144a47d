// Keeps the pages for when there is no network, on devices of one's own; takes them away on a computer that others use.
// And says when this page is older than the site and a part of it no longer works.
import { script } from "./trusted.js";

const LOOK = "emocare-look"; // how the pages looked when they were kept
const PERSON = "emocare-person"; // see outbox.js
const PREFIX = "emocare-";
const root = document.documentElement;

const loaded = () => document.readyState === "complete" || new Promise((go) => addEventListener("load", go, { once: true }));

// The pages are kept as this person sees pages: with their colours and sizes.
export async function keep(worker) {
  await loaded();
  const { controller } = navigator.serviceWorker;
  const registration = await navigator.serviceWorker.register(script(worker), { scope: "/" });
  const look = JSON.stringify({ ...root.dataset });
  if (controller && localStorage.getItem(LOOK) !== look) controller.postMessage("refresh");
  localStorage.setItem(LOOK, look);
  return registration;
}

// A page for everybody does not know who opens it: is somebody signed in here as on a shared computer?
async function isShared(presence) {
  const response = await fetch(presence, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
  if (response.type === "opaqueredirect") return false; // nobody is signed in
  return !response.ok || (await response.json()).shared === true;
}

async function keepForVisitor({ worker, presence }) {
  if ((await navigator.serviceWorker.getRegistration()) || !(await isShared(presence))) await keep(worker);
}

async function takeAway() {
  for (const name of [LOOK, PERSON]) localStorage.removeItem(name);
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}

// A part did not start: because the site has other files by now, or because the network is away?
async function isOld(worker) {
  const { pathname } = new URL(document.querySelector("script[type=module][src]").src);
  const response = await fetch(worker, { cache: "no-store" });
  return response.ok && !(await response.text()).includes(pathname);
}

async function say(place) {
  if (place.childElementCount || !(await isOld(place.dataset.worker))) return;
  const words = Object.assign(document.createElement("p"), { textContent: place.dataset.old });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button" });
  button.textContent = place.dataset.reload;
  button.addEventListener("click", () => location.reload());
  place.append(words, button);
}

export function start(place) {
  const look = () => say(place).catch(() => {});
  document.addEventListener("emocare:broken", look);
  if (document.querySelector("[data-started=failed]")) look();
  if (!("serviceWorker" in navigator)) return; // not over plain http
  if ("shared" in root.dataset) takeAway().catch(() => {});
  else if ("keep" in place.dataset) keepForVisitor(place.dataset).catch(() => {});
}
