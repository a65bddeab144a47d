// A conversation: what comes over its socket is put into the list, what is written goes out, each in its own module.
import { drafted, drafting } from "./chat-draft.js";
import { fieldOf } from "./chat-field.js";
import { readNew, walk } from "./chat-keys.js";
import { listOf } from "./chat-list.js";
import { reacting } from "./chat-react.js";
import { seeing } from "./chat-seen.js";
import { sending } from "./chat-send.js";
import { connect } from "./chat-socket.js";
import { showing, telling } from "./chat-typing.js";
import { offer } from "./heeded.js";
import { isShared } from "./outbox.js";
import { page } from "./trusted.js";

const MANY = 3; // messages at once that are counted instead of read aloud one after the other
const LATER = 3000; // ms until the server is asked again for what it could not give

export function start(section) {
  const words = { ...document.getElementById("chat-words").dataset, ...section.dataset };
  const form = document.getElementById("send");
  const log = section.querySelector("[role=log]");
  const status = document.getElementById("connection");
  const reader = document.getElementById("reader");
  const place = { ...words, action: form?.getAttribute("action") };
  const now = showing(document.getElementById("other-now"), words);
  const ahead = new Set(); // numbers that came before something older did
  let last = Number(words.last);
  let told = { got: 0, read: 0 }; // to the server, over this connection
  let closed = false;
  let isAsking = false; // one question at a time: what comes meanwhile is in its answer, or asked for then

  const say = (text) => status.textContent !== text && (status.textContent = text);
  const seen = seeing((number) => mark("read", number));
  const list = listOf(log, words, seen);
  const line = connect(words.socket, {
    hear: (type, facts) => frames[type]?.(facts),
    down() {
      delete section.dataset.live;
      told = { got: 0, read: 0 };
      isAsking = false;
      outgoing.down();
      now.here(false);
      showDraft("");
      say(closed ? words.over : isShared() ? words.unkept : words.away);
    },
    look,
    probe: since,
  });
  const outgoing = sending(place, line.send, {
    waits: list.wait,
    settles: settle,
    withdraws: list.withdraw,
    refused: (entry, why) => field?.back(entry, why),
    ends: line.leave,
    offers: offer,
  });
  const typing = form && words.typing === "yes" ? telling(form.elements.text, line.send) : null;
  const draft = form && words.liveText === "yes" ? drafting(form.elements.text, line.send) : null;
  const showDraft = drafted(document.getElementById("draft"), log);
  const field = form && fieldOf(form, log, words, write); // none where nobody could write when the page came

  async function write(text, reply) {
    typing?.stop();
    draft?.stop();
    await outgoing.write(text, reply);
    if (!list.isNewest) list.lookAtNewest();
  }

  function since() {
    if (!isAsking) isAsking = line.send({ do: "since", number: last }, true);
  }

  function askAgain() {
    isAsking = false;
    since();
  }

  function mark(what, number) {
    if (number > told[what] && line.send({ do: what, number })) told[what] = number;
  }

  // Returns whether nothing older is missing.
  function note(number) {
    if (number > last) ahead.add(number);
    while (ahead.delete(last + 1)) last++;
    return !ahead.size;
  }

  function arrive(message) {
    list.add(message);
    if (!note(message.number)) since();
    if (message.mine) return;
    showDraft("");
    mark("got", last);
  }

  function settle(id, number, at) {
    list.settle(id, number, at);
    if (!note(number)) since();
  }

  function close(isClosed, why) {
    closed = isClosed;
    field?.close(isClosed);
    say(isClosed ? why : "");
  }

  // The network may be there and only sockets not: then pages say what is new, and forms take what waits.
  async function look() {
    const { fresh, signedOut, gone } = await page(location.pathname);
    if (gone) {
      close(true, words.over);
      return "over";
    }
    if (signedOut) return line.leave() ?? "over";
    for (const item of fresh?.querySelectorAll("#chat .message[data-number]") ?? []) {
      const number = Number(item.dataset.number);
      if (number > last && list.adopt(document.importNode(item, true))) note(number);
    }
    if (!closed) await outgoing.without();
    return "";
  }

  const frames = {
    open({ last: newest, got, read, here, can_write: canWrite }) {
      section.dataset.live = "yes";
      close(!canWrite, words.over);
      list.mark({ got, read });
      now.here(here);
      showDraft(""); // it may have ended meanwhile; what goes on comes with the next letter
      if (newest > last) since();
      else if (last) mark("got", last);
      if (seen.highest()) mark("read", seen.highest());
      outgoing.flush();
      draft?.begin();
    },
    message: arrive,
    messages({ messages, more }) {
      isAsking = false;
      const quietly = messages.filter(({ mine }) => !mine).length > MANY;
      for (const message of messages) {
        list.add(message, { quietly });
        note(message.number);
      }
      if (messages.length) mark("got", last);
      if (quietly) reader.textContent = `${words.came}: ${messages.length}. ${words.toRead}`;
      if (more || (messages.length && ahead.size)) since();
    },
    sent: ({ id, ...facts }) => outgoing.answer(id, facts),
    error({ id, code, words: why }) {
      if (id) outgoing.answer(id, { code, words: why });
      else if (code === "not_agreed") draft?.end();
      else if (isAsking && ["slow", "again"].includes(code)) setTimeout(askAgain, LATER);
    },
    changed: list.renew,
    marks: list.mark,
    typing: ({ on }) => now.typing(on),
    draft: ({ text }) => showDraft(text),
    here: ({ on }) => now.here(on),
    offer: ({ help }) => offer(help ?? words.help),
    over({ why }) {
      if (why !== "signed_out") close(true, words.over);
    },
  };

  reacting(log);
  walk(log, list.items, form?.elements.text);
  readNew(reader, list.items, words.nothingNew);
  for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
}
