"""Colours, computed from the tokens: text reaches 7:1, and what must be seen 3:1, in every theme."""

import re
from itertools import product

import pytest
import tinycss2
import tinycss2.color3
from django.conf import settings

from emocare.display import CHOICES

CSS = settings.BASE_DIR / "static" / "css"
THEMES = [name for name, _label in CHOICES["theme"] if name != "system"]
TEXTS = ["text", "muted", "link", "primary", "danger", "success"]
SURFACES = ["bg", "surface", "soft", "danger-soft", "success-soft", "notice-soft"]
MARKS = ["border", "focus", "mood-1", "mood-2", "mood-3", "mood-4", "mood-5"]
COLOUR_FUNCTIONS = {"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix"}
PLAIN_WORDS = {"transparent", "currentcolor", "canvas", "canvastext", "buttontext", "highlight"}


def rules(text: str) -> list[tuple[str, str, list]]:
    """Return (at-rule around it, selector, declarations) of each rule of a style sheet."""
    found = []
    for node in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if node.type == "qualified-rule":
            found.append(("", tinycss2.serialize(node.prelude).strip(), declarations(node)))
        elif node.content is not None and node.lower_at_keyword == "media":
            media = tinycss2.serialize(node.prelude).strip()
            for inner in tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True):
                found.append((media, tinycss2.serialize(inner.prelude).strip(), declarations(inner)))
    return found


def declarations(rule) -> list:
    parsed = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return [node for node in parsed if node.type == "declaration"]


def tokens_of(selector: str, media: str = "") -> dict[str, str]:
    """Return the custom properties that a rule of tokens.css sets, with the names of colours without dashes."""
    found: dict[str, str] = {}
    for around, name, content in rules((CSS / "tokens.css").read_text()):
        if around == media and selector in [part.strip() for part in name.split(",")]:
            found |= {d.name.removeprefix("--"): tinycss2.serialize(d.value).strip() for d in content}
    return found


def theme(name: str) -> dict[str, str]:
    return tokens_of(f':root[data-theme="{name}"]')


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, as WCAG defines it."""
    assert re.fullmatch("#[0-9a-f]{6}", colour), colour
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_weak(colours: dict[str, str], pairs, least: float) -> dict[str, float]:
    ratios = {f"{front} on {back}": contrast(colours[front], colours[back]) for front, back in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


def test_the_measure_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#595959", "#ffffff") == pytest.approx(7.0, abs=0.005)


@pytest.mark.parametrize("name", THEMES)
def test_text_reaches_seven_to_one_on_every_surface(name):
    assert too_weak(theme(name), product(TEXTS, SURFACES), 7) == {}


@pytest.mark.parametrize("name", THEMES)
def test_words_on_buttons_reach_seven_to_one(name):
    assert too_weak(theme(name), [("on-primary", "primary"), ("on-danger", "danger")], 7) == {}


@pytest.mark.parametrize("name", THEMES)
def test_controls_focus_and_marks_reach_three_to_one(name):
    assert too_weak(theme(name), product(MARKS, ["bg", "surface", "soft"]), 3) == {}


@pytest.mark.parametrize("name", THEMES)
def test_numbers_in_the_marks_of_the_chart_can_be_read(name):
    marks = [mark for mark in MARKS if mark.startswith("mood-")]
    assert too_weak(theme(name), product(["surface"], marks), 4.5) == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_sets_every_colour(name):
    assert theme(name).keys() == theme("light").keys() > {*TEXTS, *SURFACES, *MARKS}


def test_the_device_that_is_dark_gets_the_dark_theme():
    assert tokens_of(':root[data-theme="system"]', "(prefers-color-scheme: dark)") == theme("dark")


def test_without_a_choice_and_without_javascript_colours_are_light():
    assert theme("light").items() <= tokens_of(":root").items()


# The panel shows each theme in its own colours


def swatches() -> dict[str, dict[str, str]]:
    """Return background and text colour of each theme's swatch, by theme."""
    found = {}
    for _media, selector, content in rules((CSS / "components.css").read_text()):
        if match := re.fullmatch(r"\.choices \.swatch--([\w-]+)", selector):
            found[match[1]] = {d.name: tinycss2.serialize(d.value).strip() for d in content}
    return found


@pytest.mark.parametrize("name", THEMES)
def test_the_swatch_of_a_theme_can_be_read_and_is_like_the_theme(name):
    swatch, colours = swatches()[name], theme(name)
    assert contrast(swatch["color"], swatch["background"]) >= 7
    assert swatch["color"] == colours["text"]
    assert swatch["background"] in {colours["bg"], colours["surface"]}


# No other colours


def literal_colours(file: str) -> list[str]:
    """Return each colour that is written out in a file: `selector: value`."""
    found = []
    for media, selector, content in rules((CSS / file).read_text()):
        allowed = "swatch--" in selector or ".is-leaving" in selector or media == "print"
        for declaration in content:
            for token in flat(declaration.value):
                if is_colour(token, declaration.name) and not allowed:
                    found.append(f"{selector}: {token.serialize()}")
    return found


def flat(tokens: list):
    for token in tokens:
        yield token
        yield from flat(getattr(token, "arguments", None) or getattr(token, "content", None) or [])


def is_colour(token, property_name: str) -> bool:
    if token.type == "hash":
        return True
    if token.type == "function":
        return token.lower_name in COLOUR_FUNCTIONS
    if token.type == "ident" and re.search("color|background|fill|stroke|border|outline|shadow", property_name):
        return token.lower_value not in PLAIN_WORDS and tinycss2.color3.parse_color(token.value) is not None
    return False


@pytest.mark.parametrize("file", ["base.css", "components.css"])
def test_colours_are_tokens(file):
    # The veil behind a question is no surface that anything is read on.
    assert [found for found in literal_colours(file) if not found.startswith("dialog::backdrop")] == []


@pytest.mark.parametrize("file", ["base.css", "components.css"])
def test_every_token_that_is_used_exists(file):
    known = tokens_of(":root").keys()
    used = set(re.findall(r"var\(--([\w-]+)", (CSS / file).read_text()))
    assert used - known == set()


def test_leaving_and_printing_are_black_and_white_alone():
    written = "".join((CSS / name).read_text() for name in ("base.css", "components.css"))
    outside = [c for c in re.findall("#[0-9a-fA-F]{3,8}", written) if c not in {"#ffffff", "#000000"}]
    own = {value for swatch in swatches().values() for value in swatch.values()}
    assert set(outside) <= own
