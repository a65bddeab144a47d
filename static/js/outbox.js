// Moods and journal entries on their way: each is put into this browser first and taken out when the server has it, so
// that a broken network loses nothing; the key of its form lets the server know one that comes twice.
import { offer } from "./heeded.js";

const NAME = "emocare";
const STORES = { outbox: "id", chat: "order" }; // by their keys; in "chat" are messages: chat-store.js
const PATIENCE = 15000; // ms
const PERSON = "emocare-person"; // whose entries a page without a network may keep; a random id
const changed = new EventTarget();
const said = new Map(); // what the server said to this page, by form key

export const onChange = (listener) => changed.addEventListener("change", listener);

export const rememberPerson = (person) => localStorage.setItem(PERSON, person);
export const knownPerson = () => localStorage.getItem(PERSON);
export const isShared = () => "shared" in document.documentElement.dataset; // others use this computer: nothing is kept here
export const forgetPerson = () => localStorage.removeItem(PERSON);

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 2);
    request.onupgradeneeded = () => {
      const known = [...request.result.objectStoreNames];
      for (const [name, keyPath] of Object.entries(STORES)) {
        if (!known.includes(name)) request.result.createObjectStore(name, { keyPath, autoIncrement: true });
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function inStore(mode, work, name = "outbox") {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function tell(detail) {
  changed.dispatchEvent(new CustomEvent("change", { detail }));
}

// entry: person, address, key (of its form), fields (pairs), label (words for it), pressed (ms); returns its id.
const put = (entry) => inStore("readwrite", (store) => store.add(entry));

export async function drop(id) {
  await inStore("readwrite", (store) => store.delete(id));
  tell({});
}

// Everything that waits of one person, in the order in which it was written.
export async function waiting(person) {
  const all = await inStore("readonly", (store) => store.getAll());
  return all.filter((entry) => entry.person === person);
}

// A random UUID, also where the page did not come over https and crypto.randomUUID is missing.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// The answer, or null when the network has not brought one in time.
export const reach = (address, options) =>
  fetch(address, { ...options, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);

// Whether the server is there, and whose session this browser has: "offline", "signed out", or a token to send with.
export async function ask(sync, person) {
  const response = await reach(sync, { cache: "no-store" });
  if (response?.type === "opaqueredirect") return "signed out";
  if (!response?.ok) return "offline";
  const answer = await response.json();
  return answer.person === person ? { token: answer.token } : "signed out";
}

async function post(entry, token) {
  const fields = new URLSearchParams(entry.fields); // pairs: a name may come several times
  fields.set("csrfmiddlewaretoken", token);
  fields.set("age", String(Math.max(0, Math.round((Date.now() - entry.pressed) / 1000))));
  const options = { method: "POST", body: fields, headers: { Accept: "application/json" } };
  const response = await reach(entry.address, options);
  const isJson = response?.headers.get("Content-Type")?.startsWith("application/json");
  return isJson && (response.ok || response.status === 400) ? response.json() : null;
}

// Returns the state: "saved", "offline" or "signed out". What the server offers after the words of the entry with the
// key `own` is for whoever sends that one to show.
async function sendAll(person, sync, own) {
  const entries = (await waiting(person)).filter((entry) => !entry.wrong);
  if (!entries.length) return "saved";
  const session = await ask(sync, person);
  if (typeof session === "string") return session;
  for (const entry of entries) {
    const answer = await post(entry, session.token);
    if (!answer) return "offline";
    said.set(entry.key, answer);
    if (answer.help && entry.key !== own) offer(answer.help);
    if (answer.wrong) await inStore("readwrite", (store) => store.put({ ...entry, wrong: answer.wrong }));
    else await inStore("readwrite", (store) => store.delete(entry.id));
  }
  return "saved";
}

// Sends what waits, one after the other; of several tabs only one sends at a time. Returns the state.
export async function flush(person, sync, own) {
  const send = () => sendAll(person, sync, own);
  const state = await (navigator.locks ? navigator.locks.request("emocare-outbox", send) : send());
  tell({ state });
  return state;
}

// Sends one entry after those that wait already. Returns what the server said of it, undefined while it still waits;
// nothing but {} when another tab was quicker to send it.
export async function deliver(entry, sync) {
  const id = await put(entry);
  await flush(entry.person, sync, entry.key);
  if (said.has(entry.key)) return { id, ...said.get(entry.key) };
  return (await waiting(entry.person)).some((other) => other.id === id) ? undefined : {};
}
