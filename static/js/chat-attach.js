// Sends a picture, a file or a voice message without leaving the conversation; what is refused is said beside its field, and stays chosen.
import { offer } from "./heeded.js";
import { newKey } from "./outbox.js";

function say(form, { name, words }) {
  const field = form.elements[name] ?? form.elements.file;
  const list = Object.assign(document.createElement("p"), { className: "errorlist", id: `${field.id}_wrong`, textContent: words });
  field.before(list);
  field.setAttribute("aria-invalid", "true");
  field.dataset.described ??= field.getAttribute("aria-describedby") ?? "";
  field.setAttribute("aria-describedby", `${field.dataset.described} ${list.id}`.trim());
  return field;
}

function forget(form) {
  for (const list of form.querySelectorAll(".errorlist")) list.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    if (field.dataset.described !== undefined) field.setAttribute("aria-describedby", field.dataset.described);
  }
}

// Returns what the server said: {number}, {wrong}, or nothing when it was not reached; a file that is too large is not even sent.
async function send(form) {
  const { most, large, many } = form.dataset;
  if (form.elements.file.files[0]?.size > Number(most)) return { wrong: { file: [large] } };
  const options = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
  const response = await fetch(form.action, { ...options, credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (response?.status === 429) return { wrong: { file: [many] } };
  const isJson = response?.headers.get("Content-Type")?.startsWith("application/json");
  return isJson ? response.json() : null;
}

// What records comes with the first press. Returns a function that ends a recording, and says whether there was one.
function recordingIn(form) {
  const panel = form.querySelector("[data-part=recorder]");
  const canRecord = globalThis.MediaRecorder && globalThis.AudioContext && navigator.mediaDevices?.getUserMedia;
  if (!panel || !canRecord) return () => false;
  let coming, recorder;
  panel.querySelector("[data-do=record]").addEventListener("click", async () => {
    coming ??= import("./chat-recorder.js");
    recorder ??= (await coming).recorderOf(panel, form);
    await recorder.press();
  });
  panel.hidden = false;
  return () => Boolean(recorder?.stop());
}

export function start(form) {
  const chat = form.closest("#chat"); // or a page of its own, which works without us
  if (!chat) return;
  const stopRecording = recordingIn(form);
  const status = form.querySelector(":scope > [role=status]");
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending || stopRecording()) return; // one may want to listen first
    isSending = true;
    forget(form);
    status.textContent = form.dataset.sending;
    const answer = await send(form);
    isSending = false;
    status.textContent = answer?.number ? form.dataset.sent : answer ? "" : form.dataset.lost;
    if (answer?.wrong) {
      const wrong = Object.entries(answer.wrong).map(([name, words]) => say(form, { name, words: words.join(" ") }));
      if (answer.wrong.__all__) form.elements.form_key.value = newKey();
      return wrong[0].focus();
    }
    if (!answer) return;
    form.reset();
    form.elements.form_key.value = newKey();
    if (answer.help) offer(answer.help);
    // It comes over the socket; where there is none, the page is read again.
    if (!chat.dataset.live || chat.dataset.newest === undefined) location.assign(`${chat.dataset.page}#m-${answer.number}`);
  });
}
