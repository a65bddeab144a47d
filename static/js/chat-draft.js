// Live text: what one writes is shown while it is written, where both wish it. It is not sent yet, and nobody keeps it.
// No screen reader says it by itself, as it would speak at every letter: it is a region to walk to.
const PAUSE = 300; // ms between two looks at the field
const LONG = 1000; // characters, from which on it is looked at less often
const LONGEST = 4000; // characters that are shown

export function drafting(field, send) {
  const notice = document.getElementById("draft-seen");
  let told = "";
  let timer;
  let isOff = false;

  function tell() {
    timer = undefined;
    const text = [...field.value].slice(0, LONGEST).join(""); // never half of an emoji
    if (!isOff && text !== told && send({ do: "draft", text })) told = text;
  }

  field.addEventListener("input", () => (timer ??= setTimeout(tell, PAUSE * (field.value.length > LONG ? 3 : 1))));
  notice.hidden = false;
  return {
    // The field is empty by now, or gone on with elsewhere.
    stop() {
      clearTimeout(timer);
      timer = undefined;
      if (told) send({ do: "draft", text: "" });
      told = "";
    },
    // There is a connection again: what was shown is shown anew. What stood in the field when the page came is not, as it
    // may be older than what the two agreed: it is shown with the next letter.
    begin() {
      if (!told) return;
      told = "";
      if (field.value) tell();
      else send({ do: "draft", text: "" });
    },
    end() {
      isOff = true;
      notice.hidden = true;
    },
  };
}

// Whoever walked to the words goes to the list when they are gone; whoever looks further up in them stays there.
export function drafted(region, log) {
  const words = region?.querySelector("[data-part=draft]");
  return (text) => {
    if (!region) return;
    const isAtEnd = region.scrollTop + region.clientHeight >= region.scrollHeight - 2;
    const hadFocus = region.contains(document.activeElement);
    words.textContent = text;
    region.hidden = !text.trim();
    if (isAtEnd) region.scrollTop = region.scrollHeight;
    if (region.hidden && hadFocus) log.focus({ preventScroll: true });
  };
}
