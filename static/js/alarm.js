// The alarm of those who can be called: comes and goes without a new page, sounds until somebody hears it, and stands
// in the page's title. What it shows comes from the server, which looks who is asking.
import { keepFocusInView } from "./keep-focus.js";
import { join, stop } from "./news.js";
import { isWanted, sound } from "./tones.js";
import { page } from "./trusted.js";

const ID = "urgent-alarm";
const HEARD = "urgent-heard"; // in this tab: what somebody has heard already
const EVERY = 5000; // ms between two sounds
const PAUSE = 1000; // ms between two looks, so that a flood of alarms is not a flood of requests
const LOOKS = { up: 30_000, down: 8000 }; // ms between looks of our own: news can be lost, and the socket can be away
const SHAKE = [300, 150, 300]; // ms, where the device can
const SIGN = "(!) ";
const READ = 60_000; // ms for which it says who has taken it

const tabs = "BroadcastChannel" in window ? new BroadcastChannel(HEARD) : null;
let ringing; // the timer of the sound

const said = (place) => place.querySelector("[role=status]").textContent.trim();
const marksOf = (place) => place.dataset.marks.split(" ").filter(Boolean);

function heard() {
  try {
    return sessionStorage.getItem(HEARD)?.split(" ") ?? [];
  } catch {
    return [];
  }
}

function remember(marks) {
  try {
    sessionStorage.setItem(HEARD, marks.join(" "));
  } catch {
    // a browser that keeps nothing: the next page sounds again
  }
}

async function ring(place) {
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(SHAKE); // before a press it may not
  const isSilent = isWanted() && !(await sound());
  const blocked = place.querySelector("[data-blocked]");
  if (blocked) blocked.hidden = !(isSilent && ringing);
}

function beQuiet(place) {
  clearInterval(ringing);
  ringing = undefined;
  for (const part of place.querySelectorAll("[data-sound], [data-blocked]")) part.hidden = true;
}

// Lets the title, the sound and the buttons say what the place shows.
function settle(place) {
  const marks = marksOf(place);
  const known = heard();
  const isNew = marks.some((mark) => !known.includes(mark));
  const title = document.title.startsWith(SIGN) ? document.title.slice(SIGN.length) : document.title;
  document.title = marks.length ? SIGN + title : title;
  if (!isNew) return beQuiet(place);
  for (const part of place.querySelectorAll("[data-sound]")) part.hidden = false;
  clearInterval(ringing);
  ringing = setInterval(() => ring(place), EVERY);
  ring(place);
}

function hear(place) {
  remember(marksOf(place));
  tabs?.postMessage(marksOf(place));
  beQuiet(place);
}

// Puts the fresh alarm in place; the focus stays on the same link, or goes to the page where that is gone.
function replace(place, fresh) {
  const at = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") ?? "" : null;
  place.dataset.marks = fresh.dataset.marks;
  keepFocusInView(() => place.replaceChildren(...fresh.childNodes));
  const status = place.querySelector("[role=status]");
  setTimeout(() => (status.textContent = ""), READ);
  if (at === null) return;
  const same = [...place.querySelectorAll("a")].find((link) => link.getAttribute("href") === at);
  (same ?? document.getElementById("main")).focus();
}

export function start(place) {
  let busy = false;
  let again = false;
  let isUp = false;
  let isOver = false;
  let timer;

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(look, isUp ? LOOKS.up : LOOKS.down);
  }

  async function look() {
    if (busy || isOver) return void (again = true);
    busy = true;
    again = false;
    try {
      const { fresh, signedOut } = await page(place.dataset.source);
      if (signedOut) {
        isOver = true;
        stop();
      }
      const found = fresh?.getElementById(ID);
      const told = found && said(found);
      if (found && (found.dataset.marks !== place.dataset.marks || (told && told !== said(place)))) {
        replace(place, found);
        settle(place);
      }
    } catch (error) {
      console.warn("alarm", error);
    } finally {
      setTimeout(() => {
        busy = false;
        if (again) look();
        else wait();
      }, PAUSE);
    }
  }

  place.addEventListener("click", (event) => {
    if (event.target.closest("[data-do=hear]")) {
      hear(place);
      document.getElementById("main").focus();
    }
  });
  tabs?.addEventListener("message", ({ data }) => {
    remember(data);
    settle(place);
  });
  // A press lets the browser sound; whoever presses while it rings hears it at once.
  for (const press of ["pointerup", "keyup"]) {
    addEventListener(press, () => ringing && !place.querySelector("[data-blocked]")?.hidden && ring(place));
  }
  join({
    up(isAgain) {
      isUp = true;
      if (isAgain) look(); // what happened while we were away
    },
    down() {
      isUp = false;
      wait();
    },
    "urgent.alarm": look,
    "urgent.changed": ({ request }) => (busy || marksOf(place).some((mark) => mark.startsWith(request))) && look(),
  });
  settle(place);
  timer = setTimeout(look, LOOKS.down); // soon, for what came between the page and the socket
}
