// The sound of an alarm: two soft tones. Whether it is wanted is remembered for this device alone.
const KEY = "urgent-sound";
const TONES = [[660, 0], [880, 0.35]]; // Hz, seconds after the first
const LENGTH = 0.3; // seconds
const LOUD = 0.25;
const WAIT = 2000; // ms in which a browser begins to sound when it may

let context;

export const canSound = () => "AudioContext" in window;

export function isWanted() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
}

export function want(on) {
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // then it holds for this page alone
  }
}

// Sounds once, and says whether the browser let it: before somebody has pressed something on a page it may not.
export async function sound() {
  if (!canSound()) return false;
  context ??= new AudioContext();
  if (context.state !== "running") {
    const tooLong = new Promise((done) => setTimeout(done, WAIT)); // what is not allowed is never answered
    await Promise.race([context.resume().catch(() => {}), tooLong]);
  }
  if (context.state !== "running") return false;
  for (const [pitch, after] of TONES) tone(pitch, context.currentTime + after);
  return true;
}

function tone(pitch, at) {
  const source = context.createOscillator();
  const volume = context.createGain();
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.04); // a soft beginning startles nobody
  volume.gain.exponentialRampToValueAtTime(0.001, at + LENGTH);
  source.connect(volume).connect(context.destination);
  source.start(at);
  source.stop(at + LENGTH);
}
