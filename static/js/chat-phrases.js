// A ready phrase goes into the field where the caret is, and the caret behind it; without this the form brings it there.
export function start(details) {
  const { text } = details.closest("form").elements;
  details.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=phrase]");
    if (!button) return;
    event.preventDefault();
    if (text.readOnly) return;
    const before = text.value.slice(0, text.selectionStart);
    const after = text.value.slice(text.selectionEnd);
    const begun = before + (/\S$/.test(before) ? " " : "") + button.textContent;
    text.focus();
    text.value = begun + (/^\S/.test(after) ? " " : "") + after;
    text.setSelectionRange(begun.length, begun.length);
    text.dispatchEvent(new Event("input", { bubbles: true })); // the draft is kept, and the other may see that one writes
    text.scrollIntoView({ block: "nearest" });
  });
}
