// Keeps this week's panel true when the person records a mood in another tab or on another device.
import { hide, lead } from "./going.js";
import { keepFocusInView } from "./keep-focus.js";
import { page } from "./trusted.js";

const PAUSES = [1000, 2000, 5000, 15000, 60000]; // ms between attempts to connect again
const REFUSED = 4401; // nobody is signed in any more

// Puts the fresh content in place; what was open stays open, and the focus stays where it was.
function replace(part, fresh) {
  const open = part.querySelector("details")?.open;
  const stops = () => [...part.querySelectorAll("a, summary, [tabindex]")];
  const at = stops().indexOf(document.activeElement);
  const mark = [...part.querySelectorAll("[data-said]")].indexOf(document.activeElement);
  const link = document.activeElement.getAttribute("href");
  part.replaceChildren(...fresh.childNodes);
  if (mark >= 0) part.querySelector(".chart")?.setAttribute("data-focus", mark); // the chart takes it when it has started
  if (open && part.querySelector("details")) part.querySelector("details").open = true;
  part.dispatchEvent(new Event("emocare:fresh", { bubbles: true }));
  if (at >= 0 && mark < 0) (stops().find((stop) => link && stop.getAttribute("href") === link) ?? stops()[at])?.focus();
}

export function start(panel) {
  let socket;
  let failures = 0;
  let over = false; // the page is left, or its person is signed out

  async function refresh() {
    const { fresh, signedOut } = await page(panel.dataset.source);
    if (signedOut) over = true;
    if (!fresh) return;
    for (const part of [panel, document.getElementById("latest")].filter(Boolean)) {
      keepFocusInView(() => replace(part, fresh.getElementById(part.id)));
    }
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
    socket.addEventListener("message", ({ data }) => {
      if (JSON.parse(data).type !== "sign_in.ended") return refresh().catch(() => {});
      hide();
      lead(() => location.reload()); // which leads to the page for signing in
    });
    socket.addEventListener("close", (event) => {
      delete panel.dataset.live;
      if (over || event.code === REFUSED) return;
      setTimeout(connectAgain, PAUSES[Math.min(failures++, PAUSES.length - 1)]);
    });
  }

  document.addEventListener("emocare:recorded", () => panel.dataset.live || refresh().catch(() => {}));
  addEventListener("pagehide", () => {
    over = true;
    socket.close();
  });
  connect();
}
