// Keeps this week's panel true when the person records a mood in another tab or on another device.
import { keepFocusInView } from "./keep-focus.js";
import { join, stop } from "./news.js";
import { page } from "./trusted.js";

// Puts the fresh content in place; what was open stays open, and the focus stays where it was.
function replace(part, fresh) {
  const open = part.querySelector("details")?.open;
  const stops = () => [...part.querySelectorAll("a, summary, [tabindex]")];
  const at = stops().indexOf(document.activeElement);
  const mark = [...part.querySelectorAll("[data-said]")].indexOf(document.activeElement);
  const link = document.activeElement.getAttribute("href");
  part.replaceChildren(...fresh.childNodes);
  if (mark >= 0) part.querySelector(".chart")?.setAttribute("data-focus", mark); // the chart takes it when it has started
  if (open && part.querySelector("details")) part.querySelector("details").open = true;
  part.dispatchEvent(new Event("emocare:fresh", { bubbles: true }));
  if (at >= 0 && mark < 0) (stops().find((stop) => link && stop.getAttribute("href") === link) ?? stops()[at])?.focus();
}

export function start(panel) {
  async function refresh() {
    const { fresh, signedOut } = await page(panel.dataset.source);
    if (signedOut) stop();
    if (!fresh) return;
    for (const part of [panel, document.getElementById("latest")].filter(Boolean)) {
      keepFocusInView(() => replace(part, fresh.getElementById(part.id)));
    }
  }

  document.addEventListener("emocare:recorded", () => panel.dataset.live || refresh().catch(() => {}));
  join({
    up(again) {
      panel.dataset.live = "yes";
      if (again) refresh().catch(() => {}); // what happened while we were away
    },
    down() {
      delete panel.dataset.live;
    },
    "moods.changed": () => refresh().catch(() => {}),
  });
}
