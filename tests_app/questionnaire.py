"""An instrument as the code reads it: questions, options, scoring, bands and their words, from a version's content.

tests_app/instruments/schema.json says what the content holds; whatever is read here has been checked against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from tests_app.choices import Kind, TextStatus

if TYPE_CHECKING:
    from tests_app.models import Version

Answers = Mapping[str, int | None]  # item id -> value; null where the person passed over the question
Words = Mapping[str, str]  # language code -> text
TEXTS = ("full_name", "purpose", "description", "instruction", "content_note", "stem", "time_frame", "limits")


def say(words: Words | None) -> str:
    """Return a text of an instrument in the active language; nothing where there is none."""
    return words.get(get_language() or "kk", "") if words else ""


@dataclass(frozen=True)
class Option:
    value: int
    words: Words = field(repr=False)

    @property
    def label(self) -> str:
        return say(self.words)


@dataclass(frozen=True)
class Condition:
    """An item is asked only when an earlier one is asked and was answered with one of these values."""

    item: str
    values: frozenset[int]

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.item) in self.values


@dataclass(frozen=True)
class Item:
    """A question or statement with the options it can be answered by."""

    id: str
    words: Words = field(repr=False)
    options: tuple[Option, ...] = field(repr=False)
    may_skip: bool = True
    scored: bool = True
    ask_if: Condition | None = None

    @property
    def text(self) -> str:
        return say(self.words)

    @cached_property
    def values(self) -> frozenset[int]:
        return frozenset(option.value for option in self.options)

    def label_of(self, value: int | None) -> str:
        """Return the words of an answer; nothing where the question was passed over."""
        return next((option.label for option in self.options if option.value == value), "")


@dataclass(frozen=True)
class Band:
    """A part of the scale: what a score in it means, what it does not, and what may help now."""

    code: str
    low: int
    high: int
    label_words: Words = field(repr=False)
    meaning_words: Words = field(repr=False)
    next_words: Words = field(repr=False)
    offer: str = ""  # the key of an instrument that may tell more
    seek_help: bool = False  # a person to talk to is offered first

    @property
    def label(self) -> str:
        return say(self.label_words)

    @property
    def meaning(self) -> str:
        return say(self.meaning_words)

    @property
    def next_step(self) -> str:
        return say(self.next_words)


def band_in(bands: Sequence[Band], code: str) -> Band | None:
    """Return the band of this code; nothing where there is none, as for a result without a score."""
    return next((band for band in bands if band.code == code), None)


@dataclass(frozen=True)
class Part:
    """A subscale: some of the items with a score and bands of their own."""

    code: str
    name_words: Words = field(repr=False)
    items: tuple[str, ...]
    bands: tuple[Band, ...]

    @property
    def name(self) -> str:
        return say(self.name_words)


@dataclass(frozen=True)
class Change:
    """By how many points two results must differ before studies call it a change that matters."""

    points: int
    citation: str


@dataclass(frozen=True)
class Scoring:
    """How answers become a score: docs/instruments.md says it in words.

    `method` is "sum", or "profile" where there is no score. Items in `reverse` count as highest + lowest - value;
    `weights` multiply an item, `multiply` the sum; up to `most_missing` unanswered items are filled with the mean of
    the others, rounded half up. A question that was not asked counts 0 and is not missing.
    """

    method: str
    items: tuple[str, ...] = ()
    reverse: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)
    multiply: int = 1
    lowest: int = 0
    highest: int = 0
    higher_is: str = "worse"
    most_missing: int = 0
    parts: tuple[Part, ...] = ()
    change: Change | None = None

    @property
    def scale(self) -> tuple[int, int, str]:
        """Return what two scores must have in common to be compared."""
        return self.lowest, self.highest, self.higher_is


@dataclass(frozen=True)
class Critical:
    """An answer that opens the safety step, whatever the score; `level` and `kind` are those of the risk check."""

    item: str
    values: frozenset[int]
    level: str  # "watch", "high" or "imminent"
    kind: str  # "suicide", "self-harm", ...

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.item) in self.values


@dataclass(frozen=True)
class Questionnaire:
    """A whole instrument. The raw `content` has what only single pages need: codes, citation, licence, sources."""

    key: str
    number: int
    kind: Kind
    content: Mapping[str, Any] = field(repr=False)
    items: tuple[Item, ...] = field(repr=False)
    scoring: Scoring = field(repr=False)
    bands: tuple[Band, ...] = field(repr=False)
    critical: tuple[Critical, ...] = field(repr=False)

    def said(self, name: str) -> str:
        """Return one of the texts in the active language: name, purpose, description, instruction, limits, ..."""
        return say(self.content.get(name))

    @property
    def texts(self) -> dict[str, str]:
        """Return the texts that stand for the whole, in the active language, for templates: `texts.purpose`."""
        return {name: self.said(name) for name in TEXTS}

    @property
    def name(self) -> str:
        return self.said("name")

    @property
    def short_name(self) -> str:
        """Return the abbreviation by which professionals know it, the same in every language; the name without one."""
        return self.content.get("short_name") or self.name

    @property
    def minutes(self) -> int:
        return self.content["minutes"]

    @property
    def minimum_age(self) -> int:
        return self.content["minimum_age"]

    @property
    def retest_days(self) -> int:
        return self.content["retest_days"]

    @property
    def text_status(self) -> TextStatus:
        """Return how far the text in the active language can be relied on."""
        return TextStatus(self.content["text_status"][get_language() or "kk"]["status"])

    @property
    def text_note(self) -> str:
        """Return what is to be said of the text in the active language, for professionals; it is English."""
        return self.content["text_status"][get_language() or "kk"].get("note", "")

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items}

    def asked(self, answers: Answers) -> list[Item]:
        """Return the items that are asked of somebody who gave these answers, in their order.

        An answer from before, to a question that is no longer asked, opens no other one.
        """
        asked: dict[str, Item] = {}
        for item in self.items:
            if item.ask_if is None or (item.ask_if.item in asked and item.ask_if.holds(answers)):
                asked[item.id] = item
        return list(asked.values())

    def answered(self, answers: Answers) -> list[tuple[Item, str]]:
        """Return the asked items with the words of their answers, which are empty where there is none."""
        return [(item, item.label_of(answers.get(item.id))) for item in self.asked(answers)]

    def open_items(self, answers: Answers) -> list[Item]:
        """Return those of the asked items that were neither answered nor passed over."""
        return [item for item in self.asked(answers) if item.id not in answers]

    def band_of(self, code: str) -> Band | None:
        return band_in(self.bands, code)

    def part(self, code: str) -> Part | None:
        return next((part for part in self.scoring.parts if part.code == code), None)


def _options(raw: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(option["value"], option["label"]) for option in raw)


def _bands(raw: Sequence[Mapping[str, Any]]) -> tuple[Band, ...]:
    return tuple(
        Band(
            code=band["code"],
            low=band["low"],
            high=band["high"],
            label_words=band["label"],
            meaning_words=band["meaning"],
            next_words=band["next_step"],
            offer=band.get("offer", ""),
            seek_help=band.get("seek_help", False),
        )
        for band in raw
    )


def _item(raw: Mapping[str, Any], shared: tuple[Option, ...]) -> Item:
    asked = raw.get("ask_if")
    return Item(
        id=raw["id"],
        words=raw["text"],
        options=_options(raw["options"]) if "options" in raw else shared,
        may_skip=raw.get("may_skip", True),
        scored=raw.get("scored", True),
        ask_if=Condition(asked["item"], frozenset(asked["values"])) if asked else None,
    )


def _scoring(raw: Mapping[str, Any], items: Sequence[Item]) -> Scoring:
    change = raw.get("change")
    return Scoring(
        method=raw["method"],
        items=tuple(item.id for item in items if item.scored),
        reverse=frozenset(raw.get("reverse", ())),
        weights=raw.get("weights", {}),
        multiply=raw.get("multiply", 1),
        lowest=raw.get("lowest", 0),
        highest=raw.get("highest", 0),
        higher_is=raw.get("higher_is", "worse"),
        most_missing=raw.get("most_missing", 0),
        parts=tuple(
            Part(part["code"], part["name"], tuple(part["items"]), _bands(part["bands"]))
            for part in raw.get("parts", ())
        ),
        change=Change(change["points"], change["citation"]) if change else None,
    )


def read(content: Mapping[str, Any]) -> Questionnaire:
    """Return the instrument that a checked content describes."""
    shared = _options(content.get("options", ()))
    items = tuple(_item(raw, shared) for raw in content["items"])
    return Questionnaire(
        key=content["key"],
        number=content["version"],
        kind=Kind(content["kind"]),
        content=content,
        items=items,
        scoring=_scoring(content["scoring"], items),
        bands=_bands(content["bands"]),
        critical=tuple(
            Critical(rule["item"], frozenset(rule["values"]), rule["level"], rule["kind"])
            for rule in content["critical"]
        ),
    )


MOST_KNOWN = 200
_known: dict[str, Questionnaire] = {}  # by digest: what a digest stands for never changes


def of(version: "Version") -> Questionnaire:
    """Return a version's instrument; its content is read once in a process, so fetch versions with it deferred."""
    known = _known.get(version.digest)
    if known is None:
        if "content" in version.get_deferred_fields():  # a draft may be another text by now: both come from one moment
            version.refresh_from_db(fields=["digest", "content"])
        known = read(version.content)
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[version.digest] = known
    return known
