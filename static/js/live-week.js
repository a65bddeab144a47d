// Keeps this week's panel true when the person records a mood in another tab or on another device.
const PAUSES = [1000, 2000, 5000, 15000, 60000]; // ms between attempts to connect again
const REFUSED = 4401; // nobody is signed in any more

export function start(panel) {
  let socket;
  let failures = 0;
  let over = false; // the page is left, or its person is signed out

  async function refresh() {
    const response = await fetch(panel.dataset.source, { credentials: "same-origin", redirect: "manual" });
    if (response.type === "opaqueredirect") over = true; // to the sign-in
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(panel.id);
    const wasOpen = panel.querySelector("details")?.open;
    panel.replaceChildren(...fresh.childNodes);
    if (wasOpen) panel.querySelector("details").open = true;
  }

  // A refused socket looks to a browser like a broken network, so a page asks first whether somebody is signed in still.
  async function connectAgain() {
    await refresh().catch(() => {});
    if (!over) connect();
  }

  function connect() {
    socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/mood/`);
    socket.addEventListener("open", () => {
      panel.dataset.live = "yes";
      if (failures) refresh().catch(() => {}); // what happened while we were away
      failures = 0;
    });
    socket.addEventListener("message", () => refresh().catch(() => {}));
    socket.addEventListener("close", (event) => {
      delete panel.dataset.live;
      if (over || event.code === REFUSED) return;
      setTimeout(connectAgain, PAUSES[Math.min(failures++, PAUSES.length - 1)]);
    });
  }

  addEventListener("pagehide", () => {
    over = true;
    socket.close();
  });
  connect();
}
