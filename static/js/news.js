// The one socket of a page: it hears what is new for its person, and tells the parts of the page that asked for it.
import { hide, lead } from "./going.js";

const PAUSES = [1000, 2000, 5000, 15000, 60000]; // ms between attempts to connect again
const REFUSED = 4401; // nobody is signed in any more
const { presence, signin } = document.querySelector("#time-out")?.dataset ?? {}; // where somebody is signed in

const members = new Set();
let socket;
let failures = 0;
let isUp = false;
let over = false; // the page is left, or its person is signed out

// What a member has: up(again) and down() for the connection, and a function for each type of news that it wants.
export function join(member) {
  members.add(member);
  if (isUp) member.up?.(false);
  if (!socket) connect();
}

// Nobody is signed in any more, as a part of the page has found out.
export function stop() {
  over = true;
}

function tell(type, ...facts) {
  for (const member of members) member[type]?.(...facts);
}

// A refused socket looks to a browser like a broken network, so a page asks first whether somebody is signed in still.
async function isSignedOut() {
  if (!presence) return false;
  const options = { credentials: "same-origin", redirect: "manual", cache: "no-store" };
  const response = await fetch(presence, options).catch(() => null);
  return response?.type === "opaqueredirect";
}

async function connectAgain() {
  if (over || (await isSignedOut())) return stop();
  connect();
}

function hear({ data }) {
  const { type, ...facts } = JSON.parse(data);
  if (type !== "sign_in.ended") return tell(type, facts);
  hide();
  if (!facts.why || !signin) return lead(() => location.reload()); // which leads to the page for signing in
  const next = encodeURIComponent(location.pathname + location.search);
  lead(() => location.replace(`${signin}?next=${next}&ended=${facts.why}`));
}

function connect() {
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/news/`);
  socket.addEventListener("open", () => {
    if (over) return socket.close();
    isUp = true;
    tell("up", failures > 0); // after a failure something may have happened while we were away
    failures = 0;
  });
  socket.addEventListener("message", hear);
  socket.addEventListener("close", (event) => {
    isUp = false;
    tell("down");
    if (over || event.code === REFUSED) return;
    setTimeout(connectAgain, PAUSES[Math.min(failures++, PAUSES.length - 1)]);
  });
}

addEventListener("pagehide", () => {
  over = true;
  if (socket?.readyState === WebSocket.OPEN) socket.close();
});
addEventListener("pageshow", (event) => {
  if (!event.persisted || !socket) return;
  over = false; // the browser had kept the page and shows it again
  failures = 1;
  connectAgain();
});
