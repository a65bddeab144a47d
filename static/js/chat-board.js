// Pictograms without a page for each press: what is pressed comes into the row and is said; arrows walk the pictures.
export function start(form) {
  const words = form.dataset;
  const part = (name) => form.querySelector(`[data-part=${name}]`);
  const [chosen, nothing, ways, wrong, said] = ["chosen", "nothing", "ways", "wrong", "said"].map(part);
  const template = document.getElementById("chosen-template");
  const pictures = [...form.querySelectorAll(".pictogram")];

  function show(text) {
    const isEmpty = !chosen.children.length;
    nothing.hidden = !isEmpty;
    ways.hidden = isEmpty;
    wrong.hidden = true;
    [...chosen.querySelectorAll("[name=remove]")].forEach((button, at) => (button.value = at));
    said.textContent = "";
    setTimeout(() => (said.textContent = text)); // the same words twice are said twice
  }

  function warn(text) {
    wrong.textContent = text;
    wrong.hidden = false;
  }

  function add(button) {
    if (chosen.children.length >= Number(words.most)) return warn(words.full);
    const item = template.content.firstElementChild.cloneNode(true);
    const word = button.textContent.trim();
    item.querySelector("[name=chosen]").after(...[...button.children].map((child) => child.cloneNode(true)));
    item.querySelector("[name=chosen]").value = button.value;
    item.querySelector("[data-part=word]").textContent = word;
    chosen.append(item);
    show(`${words.added}: ${word}`);
    chosen.parentElement.scrollTop = chosen.parentElement.scrollHeight; // where the row stays in view, its end is seen
    button.scrollIntoView({ block: "nearest" }); // a longer row has pushed it down
  }

  function remove(button) {
    const item = button.closest("li");
    const next = item.nextElementSibling ?? item.previousElementSibling;
    const word = button.querySelector("[data-part=word]").textContent;
    item.remove();
    show(`${words.removed}: ${word}`);
    (next?.querySelector("button") ?? form.querySelector("#row")).focus();
  }

  function clear() {
    chosen.replaceChildren();
    show(words.emptied);
    form.querySelector("#row").focus();
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name]");
    if (!button) return;
    event.preventDefault();
    ({ add, remove, clear })[button.name](button);
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    warn(words.away);
  });

  // Up and down go to what stands nearest in the next line of pictures, of whichever group.
  function beside(from, way) {
    const box = from.getBoundingClientRect();
    const middle = box.left + box.width / 2;
    const far = (other) => {
      const { top, left, width } = other.getBoundingClientRect();
      const down = (top - box.top) * way;
      return down > 1 ? down * 10 + Math.abs(left + width / 2 - middle) : Infinity;
    };
    const nearest = pictures.reduce((best, one) => (far(one) < far(best) ? one : best), from);
    return far(nearest) < Infinity ? nearest : from;
  }

  form.addEventListener("keydown", (event) => {
    const at = pictures.indexOf(event.target);
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const to = {
      ArrowRight: () => pictures[at + 1],
      ArrowLeft: () => pictures[at - 1],
      ArrowDown: () => beside(event.target, 1),
      ArrowUp: () => beside(event.target, -1),
      Home: () => event.target.parentElement.firstElementChild,
      End: () => event.target.parentElement.lastElementChild,
    }[event.key];
    if (!to) return;
    event.preventDefault();
    (to() ?? event.target).focus();
  });
  for (const hidden of document.querySelectorAll("[data-with-script]")) hidden.hidden = false;
}
