"""From answers to a score and a band, by the rule of the instrument; arithmetic on whole numbers alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests_app.questionnaire import Answers, Band, Critical, Questionnaire


@dataclass(frozen=True)
class Figure:
    """A score and the band it lies in; neither where too many questions were left out."""

    score: int | None
    band: str


@dataclass(frozen=True)
class Outcome:
    """What came out of a test: the whole, its subscales, what was left out, and which critical rules hold."""

    score: int | None
    band: str
    parts: dict[str, Figure] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    critical: tuple[Critical, ...] = ()


def outcome_of(questionnaire: Questionnaire, answers: Answers) -> Outcome:
    """Score the answers; those to questions that are not asked after the others' answers count for nothing."""
    asked = {item.id for item in questionnaire.asked(answers)}
    given = {key: value for key, value in answers.items() if key in asked and value is not None}
    scoring = questionnaire.scoring
    left_out = tuple(key for key in scoring.items if key in asked and key not in given)
    critical = tuple(rule for rule in questionnaire.critical if rule.holds(given))
    if scoring.method == "profile":
        return Outcome(None, "", left_out=left_out, critical=critical)
    whole = _figure(questionnaire, scoring.items, given, asked, questionnaire.bands)
    parts = {part.code: _figure(questionnaire, part.items, given, asked, part.bands) for part in scoring.parts}
    return Outcome(whole.score, whole.band, parts, left_out, critical)


def _figure(
    questionnaire: Questionnaire, items: Sequence[str], given: Answers, asked: set[str], bands: Sequence[Band]
) -> Figure:
    scoring = questionnaire.scoring
    counted = [points(questionnaire, key, given[key]) for key in items if key in given]
    missing = sum(key in asked and key not in given for key in items)
    if missing > scoring.most_missing or (missing and not counted):
        return Figure(None, "")
    total = sum(counted)
    if missing:  # each of them counts as the mean of the others, rounded half up over the whole
        total = (2 * total * (len(counted) + missing) + len(counted)) // (2 * len(counted))
    score = total * scoring.multiply
    return Figure(score, next((band.code for band in bands if band.low <= score <= band.high), ""))


def points(questionnaire: Questionnaire, key: str, value: int) -> int:
    """Return what an answer to a question adds to the sum."""
    scoring, item = questionnaire.scoring, questionnaire.by_id[key]
    if key in scoring.reverse:
        value = max(item.values) + min(item.values) - value
    return value * scoring.weights.get(key, 1)
