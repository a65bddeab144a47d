"""The vendored fonts hold every character that our pages can show, in both weights."""

import re

import pytest
import tinycss2
from django.conf import settings
from fontTools.ttLib import TTFont

from emocare.local.messages import catalogues

CSS = settings.BASE_DIR / "static" / "css" / "tokens.css"
KAZAKH = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
LETTERS = KAZAKH + KAZAKH.lower() + RUSSIAN + RUSSIAN.lower() + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGNS = "0123456789 .,:;!?…-–—«»“”„‘’()[]/\\@#№%&*+=<>_\"'°\u00a0"
INVISIBLE = {"\n", "\r", "\t", "\u00ad", "\u200b", "\u2060", "\ufeff"}


class Face:
    """One @font-face: what it is called, its file, and which characters a browser fetches it for."""

    def __init__(self, descriptors: dict[str, str]):
        self.family = descriptors["font-family"].strip('"')
        self.weight = descriptors["font-weight"]
        self.file = CSS.parent / re.search(r'url\("([^"]+)"\)', descriptors["src"])[1]
        self.in_file = set(map(chr, TTFont(self.file).getBestCmap()))
        self.range = descriptors.get("unicode-range")
        self.display = descriptors.get("font-display")

    def promises(self, character: str) -> bool:
        return self.range is None or any(low <= ord(character) <= high for low, high in self.ranges())

    def ranges(self) -> list[tuple[int, int]]:
        parts = [part.strip().removeprefix("U+").split("-") for part in self.range.split(",")]
        return [(int(part[0], 16), int(part[-1], 16)) for part in parts]

    def shows(self, character: str) -> bool:
        return self.promises(character) and character in self.in_file


@pytest.fixture(scope="module")
def faces() -> list[Face]:
    found = []
    for rule in tinycss2.parse_stylesheet(CSS.read_text(), skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
            parsed = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            found.append(Face({d.name: tinycss2.serialize(d.value).strip() for d in parsed}))
    return found


def in_catalogues() -> set[str]:
    """Return every visible character of the strings of our own, in the sources and in three languages."""
    found = set()
    for language in catalogues.LANGUAGES:
        for message in catalogues.entries(catalogues.read(catalogues.own_path(language), language)):
            originals = message.id if message.pluralizable else [message.id]
            found.update(*originals, *catalogues.texts(message))
    return found - INVISIBLE


def missing(faces: list[Face], family: str, weight: str, characters) -> str:
    own = [face for face in faces if (face.family, face.weight) == (family, weight)]
    assert own, f"no {family} of weight {weight}"
    return "".join(sorted(c for c in set(characters) if not any(face.shows(c) for face in own)))


@pytest.mark.parametrize("weight", ["400", "700"])
def test_golos_shows_every_letter_of_the_three_languages(faces, weight):
    assert missing(faces, "Golos Text", weight, LETTERS + SIGNS) == ""


@pytest.mark.parametrize("weight", ["400", "700"])
def test_golos_shows_every_character_of_our_own_strings(faces, weight):
    assert missing(faces, "Golos Text", weight, in_catalogues()) == ""


@pytest.mark.parametrize("weight", ["400", "700"])
def test_opendyslexic_shows_every_letter_or_leaves_it_to_golos(faces, weight):
    """The font itself lacks Kazakh letters; `--font` names Golos after it."""
    left = missing(faces, "OpenDyslexic", weight, LETTERS + SIGNS)
    assert set(left) <= set("ӘҒҚҢӨҰҮҺәғқңөұүһ№\u00a0")
    assert missing(faces, "Golos Text", weight, left) == ""
    assert '"OpenDyslexic", "Golos Text"' in CSS.read_text()


@pytest.mark.parametrize("weight", ["400", "700"])
def test_the_file_that_a_browser_fetches_for_a_character_has_it(faces, weight):
    """Where ranges overlap, the face that is declared last counts."""
    wrong = {}
    for character in {*LETTERS, *SIGNS, *in_catalogues()}:
        own = [f for f in faces if (f.family, f.weight) == ("Golos Text", weight) and f.promises(character)]
        if not own or character not in own[-1].in_file:
            wrong[character] = [face.file.name for face in own]
    assert wrong == {}


def test_weights_of_one_family_promise_the_same(faces):
    ranges = {(f.family, f.weight): set() for f in faces}
    for face in faces:
        ranges[face.family, face.weight].add(face.range)
    for family in {face.family for face in faces}:
        assert ranges[family, "400"] == ranges[family, "700"]


def test_text_is_seen_while_fonts_are_on_their_way(faces):
    assert {face.display for face in faces} <= {"swap", "fallback", "optional"}


@pytest.mark.parametrize("family", ["golos-text", "opendyslexic", "lucide"])
def test_each_borrowed_part_carries_its_licence(family):
    licence = settings.BASE_DIR / "static" / "vendor" / family / "LICENSE"
    assert len(licence.read_text()) > 500
