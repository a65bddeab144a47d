"""Puts it together: the model weighs each part of a text with the signs in it, and the gravest part is the answer.

Where the words of a part leave it open, the reader is asked too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from emergency.risk import everyday, model, reader, reading
from emergency.risk.folding import fold
from emergency.risk.levels import Assessment, Kind, Level, Span
from emergency.risk.model import Answers, Model
from emergency.risk.reading import Part

LEARNED = "learned"  # the rule of a span that the model found by itself
MOST_READ = 16  # windows of a text; the reader takes its time
MOST_WORDS = 4  # of a part
SURE = 1.5  # how much less must speak for a danger where the rules are sure of it
TELLING = 0.5  # of what the most telling word weighs


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of a text that tells of danger, how much speaks for it, and where."""

    level: Level
    kind: Kind
    odds: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part of a text, and how much its words speak for a danger."""

    part: Part
    weight: float


def assess(text: str, language: str | None = None, *, caution: float = 0.0) -> Assessment:
    """Say whether a text tells of danger; any string will do, and the same is always answered the same.

    `language` is a hint on which nothing depends: people write in several at once. `caution` moves the line between no
    danger and danger: 1.0 finds more, and is more often wrong; -1.0 the other way round.
    """
    weighing = model.load()
    windows = list(_windows(text, weighing))
    answers = _second_look(text, windows, weighing, caution)
    found: list[Finding] = []
    most = weighing.odds(weighing.lightest)
    for place, (_window, told) in enumerate(windows):
        answer = answers.get(place)
        odds = weighing.odds(told.weight, answer)
        most = max(most, odds)
        if odds > weighing.threshold - caution - (SURE if _is_sure(told.part) else 0.0):
            groups = told.part.groups()
            level, kind = weighing.level(groups, answer), weighing.kind(groups, answer)
            found.append(Finding(level, kind, odds, _spans(told.part, weighing)))
    if not found:
        return Assessment(confidence=round(1 - weighing.probability(most), 3))
    gravest = max(found, key=lambda finding: (finding.level, finding.odds))
    return Assessment(gravest.level, gravest.kind, round(weighing.probability(gravest.odds), 3), _in_order(found))


def warm() -> None:
    """Read lexicon, model and reader now, and not while the first person waits."""
    assess("Сәлем!")
    reader.load()


def _windows(text: str, weighing: Model) -> Iterator[tuple[Part, Weighed]]:
    """Yield each window of a text, and of it and its sentences the one that tells most of danger."""
    alone: list[Weighed] = []
    for part in reading.parts(fold(text)):
        if everyday.says_nothing_more(part):
            continue
        one = Weighed(part, weighing.found(part.groups()) - (weighing.alone if part.alone else 0.0))
        if part.alone:
            alone.append(one)
            continue
        first = bisect_left(alone, part.start, key=lambda one: one.part.start)
        last = bisect_right(alone, part.end, key=lambda one: one.part.end)
        yield part, max([one, *alone[first:last]], key=lambda one: one.weight)


def _second_look(text: str, windows: list[tuple[Part, Weighed]], weighing: Model, caution: float) -> dict[int, Answers]:
    """Return what the reader says of the windows that words leave open, by their places; of long texts the gravest."""
    low, high = weighing.unsure
    open_ = [place for place, (_window, told) in enumerate(windows) if low - caution < told.weight < high]
    gravest = sorted(open_, key=lambda place: -windows[place][1].weight)[:MOST_READ]
    return {place: reader.load().read(windows[place][0].written(text)) for place in gravest}


def _is_sure(part: Part) -> bool:
    return any(sign.sure for sign in part.signs) and not any(sign.weight < 0 for sign in part.signs)


def _spans(part: Part, weighing: Model) -> tuple[Span, ...]:
    """Return the signs of a part; where there are none, the words that weigh most."""
    if signs := [Span(sign.start, sign.end, sign.rule) for sign in part.signs if sign.weight > 0 and sign.level]:
        return tuple(signs)
    weights = [(weighing.weight(word.text), word) for word in part.words]
    heaviest = max(weight for weight, _word in weights)
    telling = [word for weight, word in weights if weight > 0 and weight >= heaviest * TELLING]
    by_weight = {word: weight for weight, word in weights}
    telling = sorted(sorted(telling, key=lambda word: -by_weight[word])[:MOST_WORDS], key=lambda word: word.start)
    return tuple(Span(word.start, word.end, LEARNED) for word in telling or part.words[:MOST_WORDS])


def _in_order(found: list[Finding]) -> tuple[Span, ...]:
    """Return the spans of all findings in the order of the text, each once."""
    spans = {span for finding in found for span in finding.spans}
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.rule)))
