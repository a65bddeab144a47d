// Lets somebody try the sound of alarms, and turn it off on this device.
import { canSound, isWanted, sound, want } from "./tones.js";

export function start(panel) {
  const words = panel.dataset;
  const status = panel.querySelector("[role=status]");
  const on = panel.querySelector("[data-do=on]");
  on.checked = isWanted();
  on.addEventListener("change", () => {
    want(on.checked);
    status.textContent = on.checked ? words.on : words.off;
  });
  panel.querySelector("[data-do=try]").addEventListener("click", async () => {
    status.textContent = "";
    status.textContent = (await sound()) ? words.heard : canSound() ? words.blocked : words.none;
  });
  panel.hidden = false;
}
