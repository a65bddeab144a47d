// A breath to follow: a word, which is read aloud too, and a count, a circle that grows and shrinks (not with less motion), on
// request a touch by the phone and a soft tone that rises and falls.
const PARTS = [["in", 4], ["out", 6]]; // seconds
const BREATHS = 10;
const TOUCH = 200; // ms
const TONE = { in: [196, 262], out: [262, 196] }; // Hz, from and to
const LOUD = 0.06; // of 1, so that it never startles
const FADE = 0.4; // seconds in which the tone comes and goes

function tone(speaker, [from, to], seconds) {
  const [now, voice, volume] = [speaker.currentTime, speaker.createOscillator(), speaker.createGain()];
  voice.frequency.setValueAtTime(from, now);
  voice.frequency.linearRampToValueAtTime(to, now + seconds);
  volume.gain.setValueAtTime(0, now);
  volume.gain.linearRampToValueAtTime(LOUD, now + FADE);
  volume.gain.setValueAtTime(LOUD, now + seconds - FADE);
  volume.gain.linearRampToValueAtTime(0, now + seconds);
  voice.connect(volume).connect(speaker.destination);
  voice.start(now);
  voice.stop(now + seconds);
}

export function start(box) {
  const words = box.dataset;
  const button = box.querySelector("button");
  const now = box.querySelector(".breathing__now");
  const timer = box.querySelector("[role=timer]");
  const status = box.querySelector("[role=status]");
  const touch = box.querySelector("[name=touch]");
  const sound = box.querySelector("[name=sound]");
  let waiting;
  let speaker; // made at a press, for before one a browser lets no page sound

  function stop(said = "") {
    clearTimeout(waiting);
    waiting = undefined;
    listen();
    now.hidden = true;
    delete words.part;
    button.textContent = words.start;
    status.className = "";
    status.textContent = said;
  }

  function begin(name, seconds) {
    words.part = name;
    status.textContent = words[name]; // read aloud once, while the seconds are not
    if (sound.checked && speaker) tone(speaker, TONE[name], seconds);
  }

  function listen() {
    speaker?.close();
    speaker = sound.checked && waiting ? new AudioContext() : undefined;
  }

  function step(breath, part, second) {
    if (breath === BREATHS) return stop(words.done);
    const [name, seconds] = PARTS[part];
    if (second === 1) begin(name, seconds);
    if (second === 1 && name === "in" && touch.checked) navigator.vibrate(TOUCH);
    timer.textContent = `${words[name]} ${second}`;
    const isLast = second === seconds;
    const next = isLast ? [breath + part, 1 - part, 1] : [breath, part, second + 1];
    waiting = setTimeout(() => step(...next), 1000);
  }

  button.addEventListener("click", () => {
    if (waiting) return stop();
    button.textContent = words.stop;
    status.className = "sr";
    now.hidden = false;
    now.scrollIntoView({ block: "nearest" });
    waiting = true;
    listen();
    step(0, 0, 1);
  });
  sound.addEventListener("change", listen);
  sound.closest("label").hidden = !("AudioContext" in window);
  touch.closest("label").hidden = !("vibrate" in navigator && matchMedia("(pointer: coarse)").matches);
  box.hidden = false;
}
