// That one writes is told while both wish it, a few times and not at every letter; and what is told of the other is shown.
const AGAIN = 3000; // ms between two frames that say the same
const STILL = 6000; // ms without a letter, or without news of the other's

export function telling(field, send) {
  let toldAt = -AGAIN;
  let timer;
  let isOn = false;

  function stop() {
    clearTimeout(timer);
    if (isOn) send({ do: "typing", on: false });
    isOn = false;
    toldAt = -AGAIN;
  }

  field.addEventListener("input", () => {
    if (!field.value.trim()) return stop();
    clearTimeout(timer);
    timer = setTimeout(stop, STILL);
    if (performance.now() - toldAt < AGAIN) return;
    toldAt = performance.now();
    isOn = send({ do: "typing", on: true });
  });
  field.addEventListener("blur", stop);
  return { stop };
}

// In a line that no screen reader says by itself: it would speak into every message.
export function showing(line, words) {
  let here = false;
  let typing = false;
  let timer;
  const show = () => (line.textContent = typing ? words.typingNow : here ? words.hereNow : "");
  return {
    here(on) {
      here = on;
      if (!on) typing = false;
      show();
    },
    typing(on) {
      clearTimeout(timer);
      typing = on;
      if (on) timer = setTimeout(() => this.typing(false), STILL);
      show();
    },
  };
}
