import { keepFocusInView } from "./keep-focus.js";

// Says on top of the page what happened, as the server does on the next page; a screen reader reads it.
export function say(text, kind) {
  const notice = document.createElement("p");
  const words = document.createElement("span");
  notice.className = `notice notice--${kind}`;
  words.textContent = text;
  const icon = document.querySelector("svg.icon use[href*='lucide/icons']")?.closest("svg").cloneNode(true);
  if (icon) {
    const use = icon.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, kind === "success" ? "#circle-check" : "#info"));
    notice.append(icon);
  }
  notice.append(words);
  keepFocusInView(() => document.getElementById("messages").replaceChildren(notice));
}
