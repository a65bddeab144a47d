"""What a schema cannot say of an instrument: that what it speaks of exists, and that every score means something."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tests_app.checking import reach
from tests_app.checking.places import Problem, place
from tests_app.questionnaire import Band, Questionnaire
from tests_app.scoring import points

HIGHEST = 10_000  # score, as the schema has it


def problems(questionnaire: Questionnaire, known: set[str]) -> Iterator[Problem]:
    """Say what is wrong; arithmetic is tried only when all that it needs is there."""
    referring = list(_references(questionnaire))
    yield from referring
    yield from _others(questionnaire, known)
    if not referring and questionnaire.scoring.method == "sum":
        yield from _scores(questionnaire)


def _at(words: str, *steps: str | int, **values: object) -> Problem:
    return Problem(place(steps), words % values if values else words)


def _twice(found: Iterable[Any], *steps: str | int) -> Iterator[Problem]:
    for one, times in Counter(found).items():
        if times > 1:
            yield _at(_("“%(name)s” stands twice."), *steps, name=one)


def _references(read: Questionnaire) -> Iterator[Problem]:
    yield from _twice((item.id for item in read.items), "items")
    yield from _twice((part.code for part in read.scoring.parts), "scoring", "parts")
    yield from _options(read)
    yield from _conditions(read)
    scored, scoring = set(read.scoring.items), read.scoring
    named = [("reverse", sorted(scoring.reverse)), ("weights", scoring.weights)]
    for name, ids in named:
        yield from (_not_scored(key, "scoring", name) for key in ids if key not in scored)
    for index, part in enumerate(scoring.parts):
        missing = [key for key in part.items if key not in scored]
        yield from (_not_scored(key, "scoring", "parts", index, "items") for key in missing)
    if scoring.method == "sum" and not scored:
        yield _at(_("No question is scored."), "items")
    for index, rule in enumerate(read.critical):
        yield from _values(read, rule.item, rule.values, "critical", index)


def _not_scored(key: str, *steps: str | int) -> Problem:
    return _at(_("There is no scored question “%(name)s”."), *steps, name=key)


def _options(read: Questionnaire) -> Iterator[Problem]:
    yield from _twice((option["value"] for option in read.content.get("options", ())), "options")
    for index, item in enumerate(read.items):
        if not item.options:
            yield _at(_("The question has no options, and there are none for all questions."), "items", index)
        elif "options" in read.content["items"][index]:
            yield from _twice((option.value for option in item.options), "items", index, "options")


def _conditions(read: Questionnaire) -> Iterator[Problem]:
    earlier: set[str] = set()
    for index, item in enumerate(read.items):
        if item.ask_if and item.ask_if.item not in earlier:
            words = _("It depends on “%(name)s”, which is no earlier question.")
            yield _at(words, "items", index, "ask_if", name=item.ask_if.item)
        elif item.ask_if:
            yield from _values(read, item.ask_if.item, item.ask_if.values, "items", index, "ask_if")
        earlier.add(item.id)


def _values(read: Questionnaire, key: str, values: Iterable[int], *steps: str | int) -> Iterator[Problem]:
    item = read.by_id.get(key)
    if item is None:
        yield _at(_("There is no question “%(name)s”."), *steps, "item", name=key)
        return
    for value in sorted(set(values) - item.values):
        yield _at(_("%(value)d is no option of question “%(name)s”."), *steps, "values", value=value, name=key)


def _others(read: Questionnaire, known: set[str]) -> Iterator[Problem]:
    """Say what is wrong with instruments that bands offer, and with codes."""
    lists = [(("bands",), read.bands)]
    lists += [(("scoring", "parts", index, "bands"), part.bands) for index, part in enumerate(read.scoring.parts)]
    for steps, bands in lists:
        yield from _twice((band.code for band in bands), *steps)
        for index, band in enumerate(bands):
            if band.offer and (band.offer not in known or band.offer == read.key):
                yield _at(_("There is no other instrument “%(name)s”."), *steps, index, "offer", name=band.offer)
    loinc = read.content.get("codes", {}).get("loinc", {})
    for key in loinc.get("items", {}):
        if key not in read.by_id:
            yield _at(_("There is no question “%(name)s”."), "codes", "loinc", "items", name=key)
    values = {str(value) for item in read.items for value in item.values}
    for value in loinc.get("answers", {}):
        if value not in values:
            yield _at(_("No question has the option %(value)s."), "codes", "loinc", "answers", value=value)


# Scores


def _scores(read: Questionnaire) -> Iterator[Problem]:
    scoring = read.scoring
    yield from _missing(read)
    highest = reach.most(read, scoring.items) * scoring.multiply
    if highest > HIGHEST:  # the schema knows no such score, and all the sums up to it would be very many
        yield _at(_("The answers give %(score)d here."), "scoring", "highest", score=highest)
        return
    sums = reach.sums(read, scoring.items)
    ends = {"lowest": reach.lowest(sums), "highest": reach.highest(sums)}
    for name, found in ends.items():
        if found * scoring.multiply != getattr(scoring, name):
            words = _("The answers give %(score)d here.")
            yield _at(words, "scoring", name, score=found * scoring.multiply)
    yield from _bands(read, sums, read.bands, "bands")
    for index, part in enumerate(scoring.parts):
        yield from _bands(read, reach.sums(read, part.items), part.bands, "scoring", "parts", index, "bands")
    if scoring.change and scoring.change.points > (ends["highest"] - ends["lowest"]) * scoring.multiply:
        yield _at(_("Two results cannot differ by that much."), "scoring", "change", "points")


def _missing(read: Questionnaire) -> Iterator[Problem]:
    """Say where the mean of some questions cannot stand for another one."""
    scoring = read.scoring
    if not scoring.most_missing:
        return
    at = ("scoring", "most_missing")
    smallest = min([len(scoring.items), *(len(part.items) for part in scoring.parts)])
    if 2 * scoring.most_missing > smallest:
        yield _at(_("More than half of the questions, or of those of a part, cannot be filled."), *at)
    ranges = {_range(read, key) for key in scoring.items}
    if len(ranges) > 1 or any(read.by_id[key].ask_if for key in scoring.items):
        words = _("Questions are filled with the mean only where all have the same points and all are asked.")
        yield _at(words, *at)


def _range(read: Questionnaire, key: str) -> tuple[int, int]:
    given = [points(read, key, value) for value in read.by_id[key].values]
    return min(given), max(given)


def _bands(read: Questionnaire, sums: int, bands: Sequence[Band], *steps: str | int) -> Iterator[Problem]:
    """Say where a score has no band or two, and which bands no answers lead to."""
    times = read.scoring.multiply
    expected, highest = reach.lowest(sums) * times, reach.highest(sums) * times
    for index, band in sorted(enumerate(bands), key=lambda pair: pair[1].low):
        if band.low != expected:
            yield _at(_("The band should begin at %(score)d."), *steps, index, "low", score=expected)
        if band.high < band.low:
            yield _at(_("The band ends before it begins."), *steps, index, "high")
        elif not reach.any_between(sums, -(-band.low // times), band.high // times):
            yield _at(_("No answers lead to this band."), *steps, index)
        expected = band.high + 1
    if expected != highest + 1:
        yield _at(_("The last band should end at %(score)d."), *steps, score=highest)
