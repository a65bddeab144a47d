// Up to which number a person has seen what the other wrote: only while the page is looked at, and the message is in view.
import { numberOf } from "./chat-message.js";

const PARTS = [0, 0.25, 0.5, 0.75, 1]; // of a message in view at which we look again
const PAUSE = 200; // ms, so that many messages are one mark

export function seeing(tell) {
  const inView = new Set();
  let highest = 0;
  let timer;

  function look() {
    timer = undefined;
    if (document.hidden) return;
    const now = Math.max(highest, ...[...inView].map(numberOf));
    if (now > highest) tell((highest = now));
  }

  const later = () => (timer ??= setTimeout(look, PAUSE));
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, intersectionRatio, intersectionRect, rootBounds } of entries) {
      const fills = rootBounds && intersectionRect.height > rootBounds.height / 2; // what is longer than the screen
      if (isIntersecting && (intersectionRatio >= 0.5 || fills)) inView.add(target);
      else inView.delete(target);
    }
    later();
  }, { threshold: PARTS });
  document.addEventListener("visibilitychange", later);
  return { watch: (item) => observer.observe(item), highest: () => highest };
}
