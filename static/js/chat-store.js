// Messages that wait in this browser, by person and conversation; on a computer that others use, in this page alone.
import { inStore, isShared } from "./outbox.js";

const STORE = "chat";

// entry: id (the client id), text, reply, pressed (ms); those of `all` come in the order in which they were written.
export function waitingFor(person, conversation) {
  let memory = isShared() || !window.indexedDB ? [] : null;

  // A browser that keeps nothing, in a private window for instance, is like a shared one.
  async function either(inBrowser, inPage) {
    if (!memory) {
      try {
        return await inBrowser();
      } catch (error) {
        console.warn("chat-store", error);
        memory = [];
      }
    }
    return inPage();
  }

  const isOurs = (entry) => entry.person === person && entry.conversation === conversation;
  return {
    put: (entry) =>
      either(
        () => inStore("readwrite", (store) => store.add({ ...entry, person, conversation }), STORE),
        () => void memory.push(entry),
      ),
    all: () =>
      either(
        async () => (await inStore("readonly", (store) => store.getAll(), STORE)).filter(isOurs),
        () => [...memory],
      ),
    drop: (entry) =>
      either(
        () => inStore("readwrite", (store) => store.delete(entry.order), STORE),
        () => void (memory = memory.filter(({ id }) => id !== entry.id)),
      ),
  };
}
