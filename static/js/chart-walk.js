// Lets one go through the marks of a chart with the arrow keys; each says what it is, aloud and below the chart.
export function start(figure) {
  const drawing = figure.querySelector("svg");
  const marks = [...figure.querySelectorAll("[data-said]")];
  const said = figure.querySelector(".chart__said");
  if (!marks.length) return;
  let current = 0;

  const show = (mark) => {
    said.hidden = false;
    said.textContent = mark.dataset.said;
  };
  const go = (index) => {
    marks[current].setAttribute("tabindex", "-1");
    current = Math.max(0, Math.min(marks.length - 1, index));
    marks[current].setAttribute("tabindex", "0");
    marks[current].focus();
  };

  drawing.setAttribute("role", "application"); // so that a screen reader leaves the arrow keys to us
  figure.querySelector(".chart__marks").removeAttribute("aria-hidden");
  figure.querySelector(".chart__keys").hidden = false;
  for (const [index, mark] of marks.entries()) {
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", mark.dataset.said);
    mark.setAttribute("tabindex", index ? "-1" : "0");
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("pointerenter", () => show(mark));
    mark.addEventListener("click", () => go(index));
  }
  if ("focus" in figure.dataset) go(Number(figure.dataset.focus));
  drawing.addEventListener("keydown", (event) => {
    const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });
}
