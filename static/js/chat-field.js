// The field for the next message: its draft, which keys send, what was refused, and that nobody can write there any more.
import { numberOf, textOf } from "./chat-message.js";
import { isShared } from "./outbox.js";

const ENTER = "emocare-enter"; // whether Enter sends, as chosen in this browser

export function fieldOf(form, log, { conversation, person }, write) {
  const { text, reply_to: reply, enter } = form.elements;
  const wrong = Object.assign(document.createElement("p"), { className: "errorlist", id: "send-wrong", hidden: true });
  wrong.setAttribute("role", "alert");
  text.before(wrong);
  const answering = document.getElementById("answering"); // what the message will answer
  const keys = document.getElementById("send-keys");
  const draft = `emocare-draft-${person}-${conversation}`;
  const keeps = !isShared();
  const keep = () => keeps && (text.value ? sessionStorage.setItem(draft, text.value) : sessionStorage.removeItem(draft));

  const described = (text.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  if (keys) described.push(keys.id);

  function say(words) {
    wrong.textContent = words;
    wrong.hidden = !words;
    text.setAttribute("aria-invalid", String(Boolean(words)));
    text.setAttribute("aria-describedby", [...described, wrong.id].join(" "));
  }

  function answer(number) {
    reply.value = number ? String(number) : "";
    if (!answering) return;
    answering.hidden = !number;
    const item = document.getElementById(`m-${number}`);
    if (item) answering.querySelector("[data-part=answered]").textContent = textOf(item).slice(0, 80);
  }

  // What was refused stands before what was typed meanwhile, and the caret stays where it was.
  function back({ text: refused, reply: to }, words) {
    const { selectionStart, selectionEnd, value } = text;
    const added = value ? `${refused}\n` : refused;
    text.value = added + value;
    if (value) text.setSelectionRange(selectionStart + added.length, selectionEnd + added.length);
    if (!reply.value && to) answer(to);
    keep();
    say(words);
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter?.name) return; // a button of the form with a purpose of its own
    event.preventDefault();
    if (!text.value.trim()) return text.focus();
    write(text.value, Number(reply.value) || null);
    text.value = "";
    answer(null);
    say("");
    keep();
    text.focus();
  });
  text.addEventListener("input", keep);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.altKey) return;
    if (!event.ctrlKey && !event.metaKey && !enter?.checked) return;
    event.preventDefault();
    form.requestSubmit();
  });
  const sayKeys = () => keys && (keys.textContent = enter?.checked ? keys.dataset.enter : keys.dataset.usual);
  if (enter) {
    enter.checked = keeps && localStorage.getItem(ENTER) === "yes";
    enter.addEventListener("change", () => {
      if (keeps) localStorage.setItem(ENTER, enter.checked ? "yes" : "no");
      sayKeys();
    });
  }
  sayKeys();
  text.setAttribute("aria-describedby", described.join(" "));
  log.addEventListener("click", (event) => {
    if (!event.target.closest("a[href*='answer=']")) return;
    event.preventDefault();
    answer(numberOf(event.target.closest(".message")));
    text.focus();
  });
  answering?.querySelector("a")?.addEventListener("click", (event) => {
    event.preventDefault();
    answer(null);
    text.focus();
  });
  if (keeps && !text.value) text.value = sessionStorage.getItem(draft) ?? "";

  const button = form.querySelector("button:not([name])");
  return {
    back,
    // The words stay, to be read and copied.
    close(isClosed) {
      text.readOnly = isClosed;
      button.disabled = isClosed;
    },
  };
}
