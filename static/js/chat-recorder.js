// Records a voice message and lays it into the file field of the form, which sends it as any other file.
import { fillCarried, lengthOf } from "./chat-carried.js";

const KINDS = { "audio/webm;codecs=opus": "weba", "audio/mp4": "m4a", "audio/ogg;codecs=opus": "ogg" };
const LONGEST = 180; // seconds
const SOON = 150; // when the end is announced
const TICK = 100; // ms
const BARS = 48;

const shown = (loudness) => Math.min(255, Math.round(Math.sqrt(loudness) * 255)); // quiet voices are seen too

// Returns as many bars as fit, each the loudest of its time, in hexadecimal bytes.
function drawn(peaks) {
  const many = Math.min(BARS, peaks.length);
  const bars = Array.from({ length: many }, (_none, at) => {
    const [from, to] = [at, at + 1].map((edge) => Math.floor((edge * peaks.length) / many));
    return shown(Math.max(...peaks.slice(from, to)));
  });
  return bars.map((bar) => bar.toString(16).padStart(2, "0")).join("");
}

// Returns a function that says how loud it is now, from 0 to 1, and one that ends it.
function hearing(stream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    loudness() {
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    },
    end: () => context.close(),
  };
}

export function recorderOf(panel, form) {
  const part = (name) => panel.querySelector(`[data-part=${name}]`);
  const action = (name) => panel.querySelector(`[data-do=${name}]`);
  const [status, clock, preview] = ["status", "clock", "preview"].map(part);
  const [button, remove] = [action("record"), action("remove")];
  const { file, waveform } = form.elements;
  const { textContent: record } = button;
  const words = panel.dataset;
  let running; // the recorder, while it records; true while the browser asks
  let address; // of what was recorded

  function forget() {
    waveform.value = "";
    remove.hidden = true;
    fillCarried(preview, null);
    if (address) URL.revokeObjectURL(address);
    address = null;
  }

  function keep(blob, { kind, seconds, peaks }) {
    const given = new DataTransfer();
    given.items.add(new File([blob], `voice.${KINDS[kind]}`, { type: kind.split(";")[0] }));
    file.files = given.files;
    waveform.value = drawn(peaks);
    address = URL.createObjectURL(blob);
    const bars = waveform.value.match(/../g).map((bar) => parseInt(bar, 16));
    fillCarried(preview, { kind: "voice", seconds, waveform: bars, address, description: "" }, "");
    preview.querySelector("[data-part=description]").parentElement.remove(); // it is written below
    preview.dispatchEvent(new Event("emocare:fresh", { bubbles: true }));
    remove.hidden = false;
    status.textContent = `${words.made} ${lengthOf(seconds)}. ${words.next}`;
  }

  function follow(recorder, stream, kind) {
    const ears = hearing(stream);
    const [begun, pieces, peaks] = [performance.now(), [], []];
    const seconds = () => (performance.now() - begun) / 1000;
    const timer = setInterval(() => {
      peaks.push(ears.loudness());
      clock.textContent = `${lengthOf(Math.floor(seconds()))} / ${lengthOf(LONGEST)}`;
      if (seconds() > SOON && status.textContent !== words.soon) status.textContent = words.soon;
      if (seconds() >= LONGEST && recorder.state === "recording") recorder.stop();
    }, TICK);
    recorder.addEventListener("dataavailable", ({ data }) => data.size && pieces.push(data));
    recorder.addEventListener("stop", () => {
      const length = Math.min(LONGEST, Math.max(1, seconds()));
      clearInterval(timer);
      ears.end();
      for (const track of stream.getTracks()) track.stop();
      running = null;
      clock.hidden = true;
      button.textContent = record;
      if (!form.isConnected || !pieces.length || !peaks.length) return (status.textContent = words.refused);
      keep(new Blob(pieces, { type: kind }), { kind, seconds: length, peaks });
    });
  }

  async function begin() {
    running = true;
    status.textContent = words.asking;
    const kind = Object.keys(KINDS).find((one) => MediaRecorder.isTypeSupported(one));
    const stream = kind && (await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null));
    if (!stream) {
      running = null;
      return (status.textContent = words.refused);
    }
    forget();
    file.value = "";
    running = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 32000 });
    follow(running, stream, kind);
    running.start();
    button.textContent = words.stop;
    clock.hidden = false;
    status.textContent = words.recording;
  }

  file.addEventListener("change", () => {
    forget();
    status.textContent = "";
  });
  remove.addEventListener("click", () => {
    forget();
    file.value = "";
    status.textContent = words.removed;
    button.focus();
  });
  form.addEventListener("reset", () => {
    forget();
    status.textContent = "";
  });
  // Says whether something was going on.
  function stop() {
    if (running?.state === "recording") running.stop();
    return Boolean(running);
  }

  return { stop, press: () => stop() || begin() };
}
