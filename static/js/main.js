// Starts each behaviour on the elements that ask for it by data-module; one that fails leaves the others working.
const modules = {
  "quick-exit": () => import("./quick-exit.js"),
  display: () => import("./display.js"),
  "error-summary": () => import("./error-summary.js"),
  password: () => import("./password.js"),
  "send-once": () => import("./send-once.js"),
  "live-week": () => import("./live-week.js"),
  dialog: () => import("./dialog.js"),
  print: () => import("./print.js"),
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
      .catch((error) => console.error(element.dataset.module, error));
  }
}

startAll(document);
