"""Whether text stands out in every theme. What axe has judged once it judges the same anywhere, so it is asked once.

Two texts are the same for it when they have, in each theme, the same colour, size and weight before the same
backgrounds, in layers that lie in the same order.
"""

from playwright.sync_api import Page

from emocare.display import CHOICES
from tests.browser import measures
from tests.support.browser import CONTRAST, axe

THEMES = [value for value, _label in CHOICES["theme"] if value != "system"]  # which is one of the others

_MARK_NEW = """([themes, known]) => {
  const NOTHING = "rgba(0, 0, 0, 0) none 1 static auto";  // is not to be seen
  const root = document.documentElement;
  const usual = root.dataset.theme;
  const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const shown = [...document.querySelectorAll("body *")].filter((e) => own(e) || e.matches("input, select, textarea"));
  const ways = shown.map((e) => {
    const way = [];
    for (let at = e; at !== root; at = at.parentElement) way.push(at);
    return way;
  });
  const looks = ways.map((way) => [way[0].tagName]);
  for (const theme of themes) {
    root.dataset.theme = theme;
    const styles = new Map();
    const behind = (e) => {
      if (!styles.has(e)) {
        const { backgroundColor, backgroundImage, opacity, position, zIndex } = getComputedStyle(e);
        const style = `${backgroundColor} ${backgroundImage} ${opacity} ${position} ${zIndex}`;
        styles.set(e, style === NOTHING ? "" : style);
      }
      return styles.get(e);
    };
    ways.forEach((way, i) => {
      const { color, fill, fontSize, fontWeight } = getComputedStyle(way[0]);
      const mark = way[0].previousElementSibling;
      const layers = way.map(behind).filter(Boolean);
      looks[i].push(color, fill, mark && getComputedStyle(mark).fill, fontSize, fontWeight, ...layers);
    });
  }
  if (usual) root.dataset.theme = usual;
  else delete root.dataset.theme;
  const seen = new Set(known);
  const fresh = [];
  const digest = (text) => {  // two of 32 bits
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
  };
  shown.forEach((e, i) => {
    const look = digest(looks[i].join("|"));
    if (seen.has(look) || !e.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return;
    seen.add(look);
    fresh.push(look);
    e.setAttribute("data-judge", "");
  });
  return fresh;
}"""
_UNMARK = "() => document.querySelectorAll('[data-judge]').forEach((e) => e.removeAttribute('data-judge'))"


def set_theme(page: Page, theme: str) -> None:
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)


class Colours:
    """Judges the colours of page after page."""

    def __init__(self) -> None:
        self._known: list[str] = []

    def judge(self, page: Page) -> list[str]:
        """Return what does not stand out enough in some theme, and what axe cannot tell.

        Axe does not see what lies behind the text of a drawing; `faint_marks` computes that.
        """
        new = page.evaluate(_MARK_NEW, [THEMES, self._known])
        self._known += new
        found = []
        for theme in THEMES if new else []:
            set_theme(page, theme)
            faint, unsure = axe(page, CONTRAST, ("violations", "incomplete"), only="[data-judge]")
            unsure = [line for line in unsure if ": <text " not in line]
            found += [f"{theme} {line}" for line in faint + unsure + measures.faint_marks(page)]
        page.evaluate(_UNMARK)
        return found
