// What a message carries besides words, as templates/chat/attachments/_carried.html shows it.
const KILOBYTE = 1024;
const [WIDTH, HEIGHT] = [256, 32];
const BARS = 48; // where nobody heard how loud it is
const part = (place, name) => place.querySelector(`[data-part=${name}]`);

// As chat/templatetags/chat_files.py says it.
function sizeInWords(size, { kilobytes, megabytes }) {
  const count = Math.max(1, Math.round(size / KILOBYTE));
  return count < KILOBYTE ? `${count} ${kilobytes}` : `${Math.round(count / KILOBYTE)} ${megabytes}`;
}

export const lengthOf = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;

function waveformOf(bars) {
  const step = WIDTH / bars.length;
  const strokes = bars.map((bar) => 2 + (bar * (HEIGHT - 2)) / 255);
  return strokes.map((high, at) => `M${((at + 0.5) * step).toFixed(1)} ${((HEIGHT - high) / 2).toFixed(1)}v${high.toFixed(1)}`).join("");
}

function fillVoice(made, { seconds, waveform }, address) {
  part(made, "carried").dataset.seconds = seconds;
  part(made, "sound").src = address;
  part(made, "length").textContent = lengthOf(seconds);
  part(made, "waveform").setAttribute("d", waveformOf(waveform.length ? waveform : Array(BARS).fill(0)));
}

// carried: as in chat/frames.py, or nothing. It never changes; it only goes, with its message.
export function fillCarried(place, carried, page) {
  if (!carried) return place.replaceChildren();
  if (place.firstElementChild) return;
  const made = document.querySelector(`template[data-carried="${carried.kind}"]`).content.cloneNode(true);
  const address = page + carried.address;
  const [open, picture, name, size, said] = ["carried", "picture", "name", "size", "description"].map((one) => part(made, one));
  if (carried.kind === "voice") fillVoice(made, carried, address);
  else open.href = address;
  if (picture) Object.assign(picture, { src: address, width: carried.width, height: carried.height });
  if (name) name.textContent = carried.name;
  if (size) size.textContent = sizeInWords(carried.size, size.dataset);
  said.textContent = carried.description || said.dataset.none;
  said.hidden = !said.textContent;
  place.append(made);
}

export const wordsOfCarried = (item) =>
  [...item.querySelectorAll(".carried__words:not([hidden])")].map((words) => words.textContent.trim()).join(". ");
