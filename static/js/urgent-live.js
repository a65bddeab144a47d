// Keeps an urgent request, or the queue of them, true without a reload. A region has an id, data-urgent (the request's public
// id, or "queue") and where the page of this address is not its own source, data-source; somebody without an account has
// data-socket. What is typed and the focus stay; what is new and has data-say (with an id) is said aloud, calmly.
import { keepFocusInView } from "./keep-focus.js";
import { join, stop } from "./news.js";
import { page } from "./trusted.js";

const LOOKS = { up: 30000, down: 8000 }; // ms between two looks of our own: news can be lost, and a socket can be away
const PAUSES = [1000, 2000, 5000, 15000]; // ms between attempts to connect again
const REFUSED = 4401;
const LONGEST = 400; // characters that are said
const PAUSE = 1000; // ms between two looks at a list, so that a flood of news is not a flood of requests
const OURS = ["open", "data-started", "data-waits", "data-live"]; // what scripts and people set on a page

const regions = new Set();
let isUp = false;
let isOver = false;
let running = false;
let again = false;
let timer;

// What a piece of the page says, without what differs in each answer or was done to it since.
function plain(node) {
  const copy = node.cloneNode(true);
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of [...OURS, "data-seconds"]) element.removeAttribute(name);
    if (element.matches("input[type=hidden]")) element.removeAttribute("value");
  }
  return copy.outerHTML.replace(/\s+/g, " ");
}

// Takes a piece away, but not the form in which somebody has begun to write: that goes to where its like is now, or stays alone,
// and the answer to its words says what is the matter.
function takeAway(node, fresh) {
  const fields = [...(node.querySelectorAll?.("textarea, input[type=text]") ?? [])];
  const form = fields.find((field) => field.value.trim() && field.form?.id)?.form;
  const like = form && fresh.querySelector(`#${form.id}`);
  if (like) like.replaceWith(form);
  else if (form && form !== node) node.before(form);
  if (form !== node) node.remove();
}

// The same link or button in what came in its place.
function likeOf(region, element) {
  const to = (one) => one.getAttribute("href") ?? one.form?.getAttribute("action");
  return to(element) && [...region.querySelectorAll(element.localName)].find((one) => to(one) === to(element));
}

// Puts what is new in place, and touches nothing else: pieces with an id are compared with their like, forms stay as they are.
function renew(old, fresh) {
  if (old.matches("form, [data-kept]") || plain(old) === plain(fresh)) return;
  for (const { name } of [...old.attributes]) if (!OURS.includes(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (!OURS.includes(name)) old.setAttribute(name, value);
  const known = new Map([...old.children].filter(({ id }) => id).map((child) => [child.id, child]));
  const nodes = [...fresh.childNodes].map((node) => {
    const same = node.id && known.get(node.id);
    if (!same || same.tagName !== node.tagName) return node;
    renew(same, node);
    return same;
  });
  for (const node of [...old.childNodes]) if (!nodes.includes(node)) takeAway(node, fresh);
  let at = old.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else old.insertBefore(node, at);
  }
}

const words = ({ textContent }) => textContent.replace(/\s+/g, " ").trim();
const said = (region) => [...region.querySelectorAll("[data-say]")].map((element) => [element.id, words(element)]);

function put(region, fresh) {
  const before = new Map(said(region));
  const focused = region.contains(document.activeElement) ? document.activeElement : null;
  keepFocusInView(() => renew(region, fresh));
  const news = said(region).filter(([id, text]) => before.get(id) !== text);
  if (news.length) region.nextElementSibling.textContent = news.map(([, text]) => text).join(" ").slice(0, LONGEST);
  if (focused && focused !== document.activeElement) {
    const heading = () => region.querySelector("[tabindex='-1']") ?? document.getElementById("main");
    ((focused.isConnected && focused) || likeOf(region, focused) || heading()).focus();
  }
  wait(region);
  region.dispatchEvent(new Event("emocare:fresh", { bubbles: true }));
}

// What is there for some seconds only goes by itself.
function wait(region) {
  const short = region.querySelector("[data-seconds]:not([data-waits])");
  if (!short) return;
  short.dataset.waits = "yes";
  setTimeout(refresh, (Number(short.dataset.seconds) + 1) * 1000);
}

async function look() {
  const [{ dataset }] = regions;
  const { fresh, signedOut, gone } = await page(dataset.source ?? location.pathname + location.search);
  if (gone) {
    isOver = true;
    return location.replace(dataset.source ?? location.pathname); // which says why, and shows nothing of it any more
  }
  if (signedOut) {
    isOver = true;
    stop();
  }
  for (const region of fresh ? regions : []) {
    const part = fresh.getElementById(region.id);
    if (part) put(region, part);
  }
}

export async function refresh() {
  if (isOver) return;
  if (running) return void (again = true);
  clearTimeout(timer);
  running = true;
  await look().catch(() => {}); // the next look may find the network again
  if ([...regions].some(({ dataset }) => dataset.urgent === "queue")) await new Promise((done) => setTimeout(done, PAUSE));
  running = false;
  if (again) {
    again = false;
    return refresh();
  }
  timer = setTimeout(refresh, isUp ? LOOKS.up : LOOKS.down);
}

const listener = {
  up(missed) {
    isUp = true;
    for (const region of regions) region.dataset.live = "yes";
    if (missed) refresh(); // what happened while we were away
  },
  down() {
    isUp = false;
    for (const region of regions) delete region.dataset.live;
    clearTimeout(timer);
    timer = setTimeout(refresh, LOOKS.down);
  },
  "urgent.changed"({ request }) {
    if ([...regions].some(({ dataset }) => dataset.urgent === request || dataset.urgent === "queue")) refresh();
  },
  "urgent.alarm"() {
    if ([...regions].some(({ dataset }) => dataset.urgent === "queue")) refresh();
  },
};

// The socket of somebody without an account, for this one request.
function listen(path) {
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
  let failures = 0;
  let socket;
  function connect() {
    socket = new WebSocket(address);
    socket.addEventListener("message", ({ data }) => {
      const { type, ...facts } = JSON.parse(data);
      listener[type]?.(facts);
    });
    socket.addEventListener("open", () => {
      listener.up(failures > 0);
      failures = 0;
    });
    socket.addEventListener("close", ({ code }) => {
      listener.down();
      if (!isOver && code !== REFUSED) setTimeout(connect, PAUSES[Math.min(failures++, PAUSES.length - 1)]);
    });
  }
  connect();
  addEventListener("pagehide", () => {
    isOver = true;
    socket.close();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    isOver = false;
    failures = 1;
    connect();
  });
}

export function start(region) {
  const status = document.createElement("p");
  status.className = "sr";
  status.setAttribute("role", "status");
  region.after(status);
  wait(region);
  regions.add(region);
  if (isUp) region.dataset.live = "yes";
  if (regions.size > 1) return;
  for (const link of document.querySelectorAll("[data-without-script]")) link.hidden = true;
  timer = setTimeout(refresh, LOOKS.down);
  if (region.dataset.socket) listen(region.dataset.socket);
  else join(listener);
}
