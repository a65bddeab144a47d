// What changes above the element in focus must not push it out of the view of whoever goes by keyboard.
export function keepFocusInView(change) {
  const inView = ({ top, bottom }) => bottom > 0 && top < innerHeight;
  const seen = inView(document.activeElement.getBoundingClientRect());
  change();
  const { activeElement } = document;
  if (seen && activeElement !== document.body) activeElement.scrollIntoView({ block: "nearest" });
}
