// Records a mood without leaving the page; what the network does not take waits in the browser (see outbox.js).
import { lead } from "./going.js";
import { offer } from "./heeded.js";
import { say } from "./messages.js";
import { deliver, drop, isShared, knownPerson, newKey, rememberPerson } from "./outbox.js";

// As a browser without scripts would, with the button that was pressed.
function sendPlainly(form, submitter) {
  if (submitter?.name) {
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(pressed);
  }
  lead(() => HTMLFormElement.prototype.submit.call(form));
}

function entryOf(form, submitter, person) {
  const data = new FormData(form, submitter);
  const chosen = submitter?.name ? submitter : form.querySelector("[name=level]:checked")?.closest("label");
  return {
    person,
    address: form.getAttribute("action"),
    key: data.get("form_key"),
    fields: [...data].filter(([name]) => name !== "csrfmiddlewaretoken").concat(form.dataset.then ? [["then", "page"]] : []),
    label: chosen?.textContent.trim() ?? "",
    pressed: Date.now(),
  };
}

export function start(form) {
  const { sync, saved } = document.getElementById(form.dataset.outbox).dataset;
  const person = form.dataset.person ?? knownPerson();
  if (!person || !window.indexedDB || isShared()) return; // the form works as it does without JavaScript
  if (form.dataset.person) rememberPerson(person);
  else form.elements.form_key.value = newKey(); // the page was kept for when there is no network, and so was its key
  let busy = false;

  async function send(submitter) {
    const answer = await deliver(entryOf(form, submitter, person), sync).catch(() => null);
    if (answer === null) return sendPlainly(form, submitter); // the browser keeps nothing, in a private window for instance
    if (answer?.wrong) {
      await drop(answer.id);
      return sendPlainly(form, submitter); // the page that comes shows what is wrong, beside the field
    }
    if (answer && form.dataset.then) return lead(() => location.assign(form.dataset.then));
    form.reset();
    if (form.elements.note) form.elements.note.value = ""; // not back to the draft with which the page came
    form.elements.form_key.value = newKey();
    form.dispatchEvent(new Event("emptied"));
    if (!answer) return;
    say(answer.said ?? saved, answer.kind ?? "success");
    document.dispatchEvent(new Event("emocare:recorded"));
    if (answer.help) offer(answer.help);
  }

  form.addEventListener("submit", (event) => {
    if (["draft", "prompt_to"].includes(event.submitter?.name)) return;
    event.preventDefault();
    if (busy) return; // a second press while the first is on its way
    busy = true;
    form.dataset.busy = "";
    send(event.submitter)
      .catch((error) => console.warn("send-moods", error))
      .finally(() => {
        busy = false;
        delete form.dataset.busy;
      });
  });
}
