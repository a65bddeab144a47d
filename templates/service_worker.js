// Keeps what the pages without a network need; everything else always comes from the server. A new version is kept beside
// the old one, and only when all of it is there takes its place: docs/decisions/0029-offline.md.
const KEPT = {{ kept|safe }};
const PREFIX = "emocare-";
const CACHE = PREFIX + VERSION;
const PATIENCE = 5000; // ms, after which a page that is kept is shown without waiting for the network any longer

// Pages are asked for anew, and a way to another page is an error: what is kept is what was meant, or nothing.
const page = (address) => new Request(address, { cache: "reload", credentials: "same-origin", redirect: "error" });
const kept = (address) => caches.match(address, { cacheName: CACHE, ignoreVary: true });

async function keep(requests) {
  const cache = await caches.open(CACHE);
  await cache.addAll(requests); // all of them or none
}

async function install() {
  try {
    await keep([...KEPT.files.map((address) => new Request(address, { redirect: "error" })), ...KEPT.pages.map(page)]);
  } catch (error) {
    await caches.delete(CACHE);
    throw error; // the version before stays
  }
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// Pages that look otherwise by now; nothing where they were taken away meanwhile.
async function refresh() {
  if (await caches.has(CACHE)) await keep(KEPT.pages.map(page));
}

async function instead(pathname) {
  const language = pathname.split("/")[1];
  const address = KEPT.pages.includes(pathname) ? pathname : KEPT.offline[language] ?? KEPT.offline[KEPT.usual];
  return (await kept(address)) ?? Response.error();
}

// A page that is kept is shown also where the server is broken, or the network too slow to wait for.
function visit(request) {
  const { pathname } = new URL(request.url);
  const answer = fetch(request);
  const ways = [answer];
  if (KEPT.pages.includes(pathname)) {
    const orAnswer = (found) => found ?? answer;
    ways[0] = answer.then(({ status }) => (status < 500 ? answer : kept(pathname).then(orAnswer)));
    ways.push(new Promise((go) => setTimeout(go, PATIENCE)).then(() => kept(pathname)).then(orAnswer));
  }
  return Promise.race(ways).catch(() => instead(pathname));
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "refresh") event.waitUntil(refresh());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(visit(request));
  else if (KEPT.files.includes(new URL(request.url).pathname)) {
    event.respondWith(kept(request.url).then((found) => found ?? fetch(request)));
  }
});

{% include "service_worker_push.js" %}
