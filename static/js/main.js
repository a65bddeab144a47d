// Starts each behaviour on the elements that ask for it by data-module; one that fails leaves the others working.
const modules = {
  "offline-pages": () => import("./offline-pages.js"),
  "quick-exit": () => import("./quick-exit.js"),
  display: () => import("./display.js"),
  "error-summary": () => import("./error-summary.js"),
  password: () => import("./password.js"),
  "send-once": () => import("./send-once.js"),
  bell: () => import("./bell.js"),
  "live-week": () => import("./live-week.js"),
  dialog: () => import("./dialog.js"),
  "send-moods": () => import("./send-moods.js"),
  "outbox-panel": () => import("./outbox-panel.js"),
  "offline-page": () => import("./offline-page.js"),
  "sign-out": () => import("./sign-out.js"),
  write: () => import("./write.js"),
  "chart-walk": () => import("./chart-walk.js"),
  proof: () => import("./proof.js"),
  "time-out": () => import("./time-out.js"),
  print: () => import("./print.js"),
  "answer-keys": () => import("./answer-keys.js"),
  "answer-save": () => import("./answer-save.js"),
  "asked-after": () => import("./asked-after.js"),
  push: () => import("./push.js"),
  passkey: () => import("./passkey.js"),
  breathing: () => import("./breathing.js"),
  install: () => import("./install.js"),
  heeded: () => import("./heeded.js"),
  alarm: () => import("./alarm.js"),
  "alarm-sound": () => import("./alarm-sound.js"),
  chat: () => import("./chat.js"),
  "chat-attach": () => import("./chat-attach.js"),
  "chat-board": () => import("./chat-board.js"),
  "chat-phrases": () => import("./chat-phrases.js"),
  "chat-voice": () => import("./chat-voice.js"),
  "urgent-live": () => import("./urgent-live.js"),
  "urgent-write": () => import("./urgent-write.js"),
};

export async function startAll(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    const load = modules[element.dataset.module];
    if (!load || element.dataset.started) continue;
    element.dataset.started = "soon";
    load()
      .then((module) => {
        module.start(element);
        element.dataset.started = "yes";
      })
      .catch((error) => {
        console.error(element.dataset.module, error);
        element.dataset.started = "failed";
        document.dispatchEvent(new Event("emocare:broken")); // see offline-pages.js
      });
  }
}

startAll(document);
document.addEventListener("emocare:fresh", (event) => startAll(event.target)); // a part of the page was replaced

// Browsers bring only the caret of a long field into view; whoever comes to it by Tab sees all of it.
document.addEventListener("keyup", ({ key, target }) => {
  if (key === "Tab" && target.matches?.("textarea")) target.scrollIntoView({ block: "nearest" });
});
