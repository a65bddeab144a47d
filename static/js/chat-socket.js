// The socket of one conversation: made again when it breaks, when the computer slept, when the network is back.
import { hide, lead } from "./going.js";

const PAUSES = [1000, 2000, 5000, 15000, 60000]; // ms between attempts to connect again
const PATIENCE = 15000; // ms in which an answer must come
const BEAT = 15000; // ms between two looks at the clock
const SLEPT = 90000; // ms that are missing between two of them: the computer slept
const QUIET = 300000; // ms without a word, after which a page that is looked at asks whether anybody is there
const SIGNED_OUT = 4401;
const NOT_HERE = 4404;

// member: hear(type, facts); down(); look(), asked before further attempts, which says "over" when there is nothing to come
// back to; probe(), a question that is always answered. Returns send(frame, isAnswered), which says whether it could, and stop().
export function connect(path, member) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const address = `${scheme}://${location.host}${path}?language=${document.documentElement.lang}`;
  let socket;
  let isUp = false;
  let isOver = false;
  let failures = 0;
  let timer;
  let doubt;
  let heardAt = Date.now();
  let beatAt = heardAt;

  function open() {
    clearTimeout(timer);
    if (isOver) return;
    const mine = new WebSocket(address);
    socket = mine;
    doubt = setTimeout(lose, PATIENCE);
    mine.addEventListener("message", ({ data }) => mine === socket && hear(JSON.parse(data)));
    mine.addEventListener("close", ({ code }) => mine === socket && lose(code));
  }

  function hear({ type, ...facts }) {
    clearTimeout(doubt);
    doubt = undefined;
    heardAt = Date.now();
    if (type === "open") {
      isUp = true;
      failures = 0;
    }
    member.hear(type, facts);
  }

  function lose(code) {
    drop();
    if (code === SIGNED_OUT) return leave();
    if (code === NOT_HERE) failures++; // is the page still there?
    const pause = PAUSES[Math.min(failures++, PAUSES.length - 1)];
    timer = setTimeout(again, pause * (0.75 + Math.random() / 4)); // not all pages at one moment
  }

  async function again() {
    if (failures > 1 && (await member.look().catch(() => "")) === "over") return stop();
    if (!socket) open();
  }

  function leave() {
    isOver = true;
    hide();
    lead(() => location.reload()); // which leads to the page for signing in
  }

  // What was the socket is nothing any more, whatever the browser still believes of it.
  function drop() {
    clearTimeout(doubt);
    doubt = undefined;
    const old = socket;
    socket = undefined;
    old?.close();
    if (isUp) {
      isUp = false;
      member.down();
    }
  }

  function send(frame, isAnswered) {
    if (!isUp || socket.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    if (isAnswered) doubt ??= setTimeout(anew, PATIENCE);
    return true;
  }

  function anew() {
    drop();
    open();
  }

  function stop() {
    isOver = true;
    clearTimeout(timer);
    drop();
  }

  // Something says that there may be a network again, or none any more.
  function hurry() {
    if (isOver) return;
    if (isUp) return member.probe();
    if (socket) return; // it is being made
    failures = Math.min(failures, 1);
    open();
  }

  setInterval(() => {
    const now = Date.now();
    const slept = now - beatAt > SLEPT;
    beatAt = now;
    if (slept || (!document.hidden && now - heardAt > QUIET)) hurry();
  }, BEAT);
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => document.hidden || (isUp && Date.now() - heardAt < BEAT) || hurry());
  let isLeft = false;
  addEventListener("pagehide", () => {
    isLeft = !isOver;
    stop();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || !isLeft) return;
    isOver = false; // the browser had kept the page and shows it again
    open();
  });
  open();
  return { send, stop, leave };
}
