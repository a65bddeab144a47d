"""What a page looks like to somebody: measured in the browser, each finding one line that says where and how much."""

from playwright.sync_api import Page, TimeoutError

# Helpers that each measurement below can use.
_COMMON = """
const name = (e) => `<${[e.tagName.toLowerCase(), ...e.classList].join(".")}${e.id && "#" + e.id}> `
  + e.textContent.trim().slice(0, 40);
const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  && !e.closest(".sr, .skip:not(:focus)") && getComputedStyle(e).clipPath === "none";
const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
const ownText = (e) => [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.textContent).join("").trim();
// A link inside a sentence is as high as its line; WCAG 2.5.5 lets it be.
const inSentence = (e) => e.tagName === "A" && getComputedStyle(e).display === "inline" && ownText(e.parentElement);
// The label of a radio or checkbox is what one presses; that of another field leads to a target of its own.
const targets = () => all("a[href], button, input:not([type=hidden]), select, textarea, summary, label").filter((e) =>
  e.tagName === "LABEL" ? e.querySelector("input") : !(e.tagName === "INPUT" && e.closest("label")) && !inSentence(e));
"""

_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const end = (e) => e.getBoundingClientRect().right;
  const beyond = all("body *").filter((e) => !e.closest(".scroll") && end(e) > width + 1);
  return ["the page scrolls sideways", ...beyond.map((e) => `${name(e)} ends at ${end(e)}`)];
}"""

_CUT = """() => all("a, button, summary, label, legend, h1, h2, h3, p, li, th, td, figcaption, caption, input, code")
  .filter((e) => getComputedStyle(e).display !== "inline" && !["radio", "checkbox", "file"].includes(e.type))
  .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
  .map((e) => `${name(e)} shows ${e.clientWidth}x${e.clientHeight} of ${e.scrollWidth}x${e.scrollHeight}`)"""

_OVERLAPPING = """() => {
  const boxes = targets().map((e) => [e, e.getBoundingClientRect()]);
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return boxes.flatMap(([one, a], i) => boxes.slice(i + 1)
    .filter(([other, b]) => overlap(a, b) && !one.contains(other) && !other.contains(one))
    .map(([other]) => `${name(one)} lies over ${name(other)}`));
}"""

_SMALL = """() => targets().map((e) => [e, e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
  .map(([e, box]) => `${name(e)} is ${box.width.toFixed(1)}x${box.height.toFixed(1)}`)"""

_MOVING = """() => [...document.querySelectorAll("*")].flatMap((e) => [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(e, part);
    const moves = style.animationName !== "none" || parseFloat(style.transitionDuration) > 0
      || style.scrollBehavior === "smooth";
    return moves ? `${name(e)}${part ?? ""} ${style.animationName} ${style.transitionDuration}` : "";
  })).filter(Boolean)"""

_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return { id: "", trouble: "" };
  const box = e.getBoundingClientRect();
  const marked = [e, e.closest("label")].filter(Boolean).some((m) => {
    const style = getComputedStyle(m);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1);
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const top = document.elementFromPoint(x, y);
  const fits = box.height <= innerHeight;
  const inView = box.left >= -1 && box.right <= innerWidth + 1
    && (fits ? box.top >= -1 && box.bottom <= innerHeight + 1 : box.top < innerHeight && box.bottom > 0);
  const free = top && (e.contains(top) || top.contains(e) || top.closest("label")?.contains(e));
  const trouble = !marked ? "no mark of focus" : !inView ? "out of view" : !free ? `covered by ${name(top)}` : "";
  return { id: e.id, name: name(e), trouble, top: box.top + scrollY, left: box.left };
}"""

# Text of the chart on what lies behind it: its own circle, or the panel. WCAG 1.4.6 asks for 7:1, large text for 4.5:1.
_FAINT = """() => {
  const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = (color) => {
    const [r, g, b] = color.match(/[0-9.]+/g).map(Number).map(channel);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const behind = (e) => e.previousElementSibling?.tagName === "circle" ? getComputedStyle(e.previousElementSibling).fill
    : getComputedStyle(e.closest(".panel")).backgroundColor;
  return all("svg text").map((e) => [e, contrast(getComputedStyle(e).fill, behind(e))])
    .filter(([e, ratio]) => ratio < (e.matches(".chart__mark text") ? 4.5 : 7))
    .map(([e, ratio]) => `${name(e)} has ${ratio.toFixed(1)}:1`);
}"""

_ADD_STYLE = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""

# WCAG 1.4.12
_SPACED_TEXT = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""


def _measure(page: Page, function: str) -> list[str]:
    page.wait_for_load_state()  # whoever came by a link may be there before the styles are
    where = page.url.partition("/")[2].partition("/")[2].partition("/")[2]
    return [f"/{where} {line}" for line in page.evaluate(f"() => {{ {_COMMON} return ({function})(); }}")]


def too_wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways; tables scroll in a frame of their own."""
    return _measure(page, _TOO_WIDE)


def cut_off(page: Page) -> list[str]:
    """Return the controls and texts of which a part is cut off, and the controls that lie over each other."""
    return _measure(page, _CUT) + _measure(page, _OVERLAPPING)


def small_targets(page: Page) -> list[str]:
    """Return what one presses and is smaller than 44 by 44 CSS pixels."""
    return _measure(page, _SMALL)


def moving(page: Page) -> list[str]:
    """Return what is animated, slides or scrolls smoothly."""
    return _measure(page, _MOVING)


def faint_marks(page: Page) -> list[str]:
    """Return the text of charts that does not stand out enough from what is behind it."""
    return _measure(page, _FAINT)


def add_style(page: Page, css: str) -> None:
    """Let a style hold besides those of the page, in place of one that was added before."""
    page.evaluate(_ADD_STYLE, css)


def space_text(page: Page) -> None:
    """Set the text as wide apart as WCAG 1.4.12 has people do it."""
    add_style(page, _SPACED_TEXT)


def focused(page: Page) -> dict:
    """Return id, name and place of the element in focus; `trouble` says why one would not see that it is."""
    return page.evaluate(f"() => {{ {_COMMON} return ({_FOCUSED})(); }}")


def settled_focus(page: Page) -> dict:
    """Wait until the page has scrolled to the element in focus, and return what `focused` says of it."""
    try:
        page.wait_for_function(f"() => {{ {_COMMON} return !(({_FOCUSED})().trouble); }}", timeout=3000)
    except TimeoutError as error:
        raise AssertionError(f"{page.url} {focused(page)}") from error
    return focused(page)
