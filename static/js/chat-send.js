// Messages on their way: put into this browser first, then sent in their order, and once: the server knows each by its id.
// Of several tabs one sends, and all show it; over the socket, or as the form would where no socket can be made.
import { waitingFor } from "./chat-store.js";
import { ask, newKey, reach } from "./outbox.js";

const NOT_NOW = ["slow", "again"]; // what the server says of a message that it may take a little later
const PAUSE = 3000; // ms until then

// place: person, conversation, sync (where a browser asks whose session it has), action (of the form). send(frame, isAnswered)
// is the socket's. shown: waits(entry), settles(id, number, at), withdraws(id), refused(entry, words), ends(), offers(address).
export function sending(place, send, shown) {
  const name = `emocare-chat-${place.conversation}`;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel(name) : { postMessage() {} };
  const store = waitingFor(place.person, place.conversation);
  const answers = new Map(); // what takes the answer, by id
  let isKnown = true; // that this browser's session is this person's: after a broken connection it may be another's
  let token; // with which the form's way is open
  let again = false;
  let busy = false;
  let timer;

  function overSocket({ id, text, reply }) {
    return new Promise((resolve) => {
      answers.set(id, resolve);
      if (!send({ do: "send", id, text, reply: reply || null }, true)) resolve(null);
    }).finally(() => answers.delete(id));
  }

  async function byForm({ id, text, reply }) {
    const fields = { text, form_key: id, reply_to: reply || "", csrfmiddlewaretoken: token };
    const options = { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" } };
    const response = await reach(place.action, options);
    const isJson = response?.headers.get("Content-Type")?.startsWith("application/json");
    if (!isJson || !(response.ok || response.status === 400)) return null;
    const answer = await response.json();
    return answer.wrong ? { code: "words", words: [answer.wrong].flat().join(" ") } : answer;
  }

  async function sendAll() {
    for (;;) {
      const [entry] = await store.all();
      if (!entry) return;
      if (!isKnown && !(await isOurs())) return;
      const answer = (await overSocket(entry)) ?? (token ? await byForm(entry) : null);
      if (!answer) return;
      if (NOT_NOW.includes(answer.code)) {
        clearTimeout(timer);
        timer = setTimeout(flush, PAUSE);
        return;
      }
      take(entry, answer);
      await store.drop(entry);
    }
  }

  function take({ id, ...entry }, { code, words, number, at, help }) {
    if (code) {
      shown.withdraws(id);
      shown.refused(entry, words);
      return tabs.postMessage({ withdrawn: id });
    }
    shown.settles(id, number, at);
    tabs.postMessage({ settled: [id, number, at] });
    if (help) shown.offers(help);
  }

  async function isOurs() {
    const session = await ask(place.sync, place.person);
    if (session === "signed out") shown.ends();
    isKnown = Boolean(session.token);
    return isKnown;
  }

  async function flush() {
    again = true;
    if (busy) return;
    busy = true;
    try {
      while (again) {
        again = false;
        await (navigator.locks ? navigator.locks.request(name, sendAll) : sendAll());
      }
    } catch (error) {
      console.warn("chat-send", error);
    } finally {
      busy = false;
    }
  }

  async function write(text, reply) {
    const entry = { id: newKey(), text, reply, pressed: Date.now() };
    shown.waits(entry);
    await store.put(entry);
    tabs.postMessage({ entry });
    flush();
  }

  tabs.onmessage = ({ data: { entry, settled, withdrawn } }) => {
    if (entry) shown.waits(entry);
    if (settled) shown.settles(...settled);
    if (withdrawn) shown.withdraws(withdrawn);
  };
  store.all().then((entries) => entries.forEach(shown.waits));

  return {
    write,
    flush,
    answer: (id, facts) => answers.get(id)?.(facts),
    down() {
      isKnown = false;
      for (const resolve of answers.values()) resolve(null);
    },
    // No socket can be made, but pages come: what waits goes the form's way.
    async without() {
      if (!(await store.all()).length) return;
      const session = await ask(place.sync, place.person);
      if (session === "signed out") return shown.ends();
      isKnown = Boolean(session.token);
      token = session.token;
      if (token) await flush();
      token = undefined;
    },
  };
}
