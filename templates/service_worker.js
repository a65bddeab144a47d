// Keeps what the page without a network needs, and the numbers to call; everything else always comes from the server.
const KEPT = {{ kept|safe }};
const CACHE = `emocare-${KEPT.version}`;
const PAGES = [...Object.values(KEPT.offline), ...Object.values(KEPT.urgent)];

async function keep(addresses) {
  const cache = await caches.open(CACHE);
  await cache.addAll(addresses.map((address) => new Request(address, { cache: "reload", credentials: "same-origin" })));
}

async function instead(address) {
  const { pathname } = new URL(address);
  const language = pathname.split("/")[1];
  const pages = pathname.includes("/urgent-help/") ? KEPT.urgent : KEPT.offline;
  return (await caches.match(pages[language] ?? pages[KEPT.usual])) ?? Response.error();
}

self.addEventListener("install", (event) => event.waitUntil(keep([...KEPT.files, ...PAGES]).then(() => self.skipWaiting())));

self.addEventListener("activate", (event) => {
  const others = caches.keys().then((names) => names.filter((name) => name.startsWith("emocare-") && name !== CACHE));
  event.waitUntil(others.then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "refresh") event.waitUntil(keep(PAGES));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => instead(request.url)));
  else if (KEPT.files.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((found) => found ?? fetch(request)));
  }
});
