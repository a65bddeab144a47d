"""The shipped tests score as published: every total, every border of a band, every rule for what is left out.

The tables here are written from the sources, not from the files that they judge.
"""

from bisect import bisect
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest

from tests_app import library
from tests_app.choices import Kind
from tests_app.questionnaire import read
from tests_app.scoring import outcome_of

READ = {content["key"]: read(content) for content in library.shipped()}
SEVERITY = {"minimal": 0, "mild": 5, "moderate": 10}


class Published(NamedTuple):
    """Band by band the score that it begins with, the highest score, and who says so."""

    bands: dict[str, int]
    highest: int
    source: str
    times: int = 1
    reversed: frozenset[str] = frozenset()


def own(*reversed: str) -> Published:
    """Return what holds for Emocare's own: they are validated by nobody, and the borders are the files' convention."""
    return Published({"little": 0, "some": 14, "much": 23}, 36, "docs/instruments.md", 1, frozenset(reversed))


PUBLISHED = {
    "phq9": Published(
        SEVERITY | {"moderately-severe": 15, "severe": 20},
        27,
        "Kroenke, Spitzer, Williams 2001, doi:10.1046/j.1525-1497.2001.016009606.x",
    ),
    "phq8": Published(
        SEVERITY | {"moderately-severe": 15, "severe": 20}, 24, "Kroenke et al. 2009, doi:10.1016/j.jad.2008.06.026"
    ),
    "phq2": Published({"not-raised": 0, "raised": 3}, 6, "Kroenke et al. 2003, doi:10.1097/01.MLR.0000093487.78664.3C"),
    "phq4": Published(
        {"minimal": 0, "mild": 3, "moderate": 6, "severe": 9}, 12, "Kroenke et al. 2009, doi:10.1176/appi.psy.50.6.613"
    ),
    "gad7": Published(SEVERITY | {"severe": 15}, 21, "Spitzer et al. 2006, doi:10.1001/archinte.166.10.1092"),
    "gad2": Published(
        {"not-raised": 0, "raised": 3}, 6, "Kroenke et al. 2007, doi:10.7326/0003-4819-146-5-200703060-00004"
    ),
    "who5": Published(
        {"very-low": 0, "low": 29, "ok": 51}, 100, "Topp et al. 2015, doi:10.1159/000376585: 28 and 50", times=4
    ),
    "pcptsd5": Published(
        {"negative": 0, "possible": 3, "positive": 4}, 5, "Bovin et al. 2021 (PMC7862990): 4, and 3 for women"
    ),
    "auditc": Published(
        {"low": 0, "possible": 3, "positive": 4, "high": 8},
        12,
        "Bush et al. 1998, doi:10.1001/archinte.158.16.1789: 4 for men, 3 for women",
    ),
    "carer-load": own("time", "joy", "help"),
    "exam-stress": own("breaks", "plan", "someone"),
    "loneliness": own("glad", "together", "myself"),
}
PROFILES = {"asq", "wgss"}  # the answers are the result


def stairs(key: str) -> Iterator[dict[str, int]]:
    """Return answers from the lowest total to the highest, each one step above the one before."""
    scored = [item for item in READ[key].items if item.scored]
    turned = PUBLISHED[key].reversed
    rising = {item.id: sorted(item.values, reverse=item.id in turned) for item in scored}
    answers = {item.id: max(item.values) for item in READ[key].items} | {k: v[0] for k, v in rising.items()}
    yield dict(answers)
    for name, values in rising.items():
        for value in values[1:]:
            answers[name] = value
            yield dict(answers)


def score(key: str, **answers: int | None) -> tuple[int | None, str]:
    """Return score and band; names of questions that begin with a digit are written with a q before."""
    given = {name.removeprefix("q"): value for name, value in answers.items()}
    outcome = outcome_of(READ[key], given)
    return outcome.score, outcome.band


def all_with(key: str, value: int | None, **others: int | None) -> tuple[int | None, str]:
    return score(key, **{f"q{item.id}": value for item in READ[key].items} | others)


def test_every_shipped_test_is_in_the_tables():
    assert READ.keys() == PUBLISHED.keys() | PROFILES


@pytest.mark.parametrize("key", PUBLISHED)
def test_every_total_has_the_score_and_the_band_that_were_published(key):
    table = PUBLISHED[key]
    codes, borders = list(table.bands), list(table.bands.values())
    for step, answers in enumerate(stairs(key)):
        expected = step * table.times
        outcome = outcome_of(READ[key], answers)
        assert (outcome.score, outcome.band) == (expected, codes[bisect(borders, expected) - 1])
    assert step * table.times == table.highest


@pytest.mark.parametrize("key", PUBLISHED)
def test_the_bands_begin_where_it_was_published(key):
    table = PUBLISHED[key]
    assert {band.code: band.low for band in READ[key].bands} == table.bands
    assert max(band.high for band in READ[key].bands) == READ[key].scoring.highest == table.highest


@pytest.mark.parametrize("key", [key for key in PUBLISHED if len(READ[key].scoring.items) <= 5])
def test_of_a_short_test_all_ways_to_answer_add_up(key):
    read, times = READ[key], PUBLISHED[key].times
    for values in product(*(sorted(item.values) for item in read.items)):
        answers = dict(zip((item.id for item in read.items), values, strict=True))
        asked = {item.id for item in read.asked(answers)}
        added = sum(value for name, value in answers.items() if name in asked and read.by_id[name].scored)
        assert outcome_of(read, answers).score == times * added


@pytest.mark.parametrize(
    ("key", "answers", "expected"),
    [
        # Cut-offs as the papers name them, one answer below and at each.
        ("phq9", [1] * 9, (9, "mild")),
        ("phq9", [2] + [1] * 8, (10, "moderate")),
        ("phq9", [2] * 5 + [1] * 4, (14, "moderate")),
        ("phq9", [2] * 6 + [1] * 3, (15, "moderately-severe")),
        ("phq9", [3] + [2] * 8, (19, "moderately-severe")),
        ("phq9", [3] * 2 + [2] * 7, (20, "severe")),
        ("phq8", [2, 2, 1, 1, 1, 1, 1, 1], (10, "moderate")),
        ("gad7", [2, 2, 1, 1, 1, 1, 1], (9, "mild")),
        ("gad7", [2, 2, 2, 1, 1, 1, 1], (10, "moderate")),
        ("gad7", [3, 2, 2, 2, 2, 2, 2], (15, "severe")),
        ("phq2", [1, 1], (2, "not-raised")),
        ("phq2", [2, 1], (3, "raised")),
        ("gad2", [3, 0], (3, "raised")),
        ("who5", [3, 3, 3, 2, 2], (52, "ok")),  # raw 13
        ("who5", [3, 3, 2, 2, 2], (48, "low")),  # raw 12: below 13, which the WHO names
        ("who5", [2, 2, 1, 1, 1], (28, "very-low")),
        ("who5", [2, 2, 2, 1, 1], (32, "low")),
        ("who5", [5] * 5, (100, "ok")),
        ("auditc", [1, 1, 1], (3, "possible")),
        ("auditc", [2, 1, 1], (4, "positive")),
        ("auditc", [4, 4, 4], (12, "high")),
    ],
)
def test_examples_that_were_published(key, answers, expected):
    scored = READ[key].scoring.items
    assert score(key, **{f"q{name}": value for name, value in zip(scored, answers, strict=True)}) == expected


def test_somebody_who_never_drinks_is_asked_once_and_scores_nothing():
    assert [item.id for item in READ["auditc"].asked({"1": 0})] == ["1"]
    assert score("auditc", q1=0) == (0, "low")
    assert score("auditc", q1=0, q2=4, q3=4) == (0, "low")  # answers from before it was said


def test_somebody_without_such_an_event_is_asked_no_more_and_scores_nothing():
    assert score("pcptsd5", gate=0) == (0, "negative")
    assert score("pcptsd5", gate=0, q1=1, q2=1, q3=1, q4=1, q5=1) == (0, "negative")  # answers from before
    assert score("pcptsd5", gate=1, q1=1, q2=1, q3=1, q4=0, q5=0) == (3, "possible")
    assert score("pcptsd5", gate=1, q1=1, q2=1, q3=1, q4=1, q5=0) == (4, "positive")


@pytest.mark.parametrize(
    ("answers", "anxiety", "depression"),
    [
        ([1, 1, 1, 1], (2, "not-raised"), (2, "not-raised")),
        ([2, 1, 0, 0], (3, "raised"), (0, "not-raised")),
        ([0, 0, 1, 2], (0, "not-raised"), (3, "raised")),
        ([3, 3, 3, 3], (6, "raised"), (6, "raised")),
    ],
)
def test_the_two_parts_of_the_phq4_have_scores_of_their_own(answers, anxiety, depression):
    outcome = outcome_of(READ["phq4"], {str(number): value for number, value in enumerate(answers, 1)})
    parts = {code: (part.score, part.band) for code, part in outcome.parts.items()}
    assert parts == {"anxiety": anxiety, "depression": depression}


def test_one_answered_part_has_its_score_when_the_whole_has_none():
    outcome = outcome_of(READ["phq4"], {"1": 3, "2": 0, "3": None, "4": 1})
    assert (outcome.score, outcome.band, outcome.left_out) == (None, "", ("3",))
    assert outcome.parts["anxiety"].score == 3
    assert outcome.parts["depression"].score is None


@pytest.mark.parametrize("key", [key for key in PUBLISHED if READ[key].kind == Kind.SCREENING])
def test_a_screening_with_one_answer_left_out_has_no_score(key):
    *_, answers = stairs(key)
    for name in READ[key].scoring.items[1:]:
        outcome = outcome_of(READ[key], answers | {name: None})
        assert (outcome.score, outcome.band, outcome.left_out) == (None, "", (name,))


@pytest.mark.parametrize("key", [key for key in PUBLISHED if READ[key].scoring.most_missing])
def test_a_self_check_fills_one_left_out_with_the_mean_of_the_others_and_not_two(key):
    lowest, *_, highest = stairs(key)
    first, second = READ[key].scoring.items[:2]
    assert outcome_of(READ[key], lowest | {first: None}).score == 0
    assert outcome_of(READ[key], highest | {first: None}).score == 36
    assert outcome_of(READ[key], highest | {first: None, second: None}).score is None


@pytest.mark.parametrize("key", [key for key in PUBLISHED if any(not i.scored for i in READ[key].items)])
def test_what_does_not_count_changes_no_score(key):
    *_, answers = stairs(key)
    for item in READ[key].items:
        if not item.scored and not any(i.ask_if for i in READ[key].items):
            assert {outcome_of(READ[key], answers | {item.id: v}).score for v in [None, *item.values]} == {
                PUBLISHED[key].highest
            }


@pytest.mark.parametrize("key", sorted(PROFILES))
def test_a_profile_has_no_score_whatever_the_answers(key):
    for value in (None, *READ[key].items[0].values):
        assert all_with(key, value) == (None, "")


def test_of_a_profile_it_is_known_what_was_passed_over():
    assert outcome_of(READ["wgss"], {"1": 1, "2": 1, "3": None, "4": 1, "5": 1, "6": 1}).left_out == ("3",)


@pytest.mark.parametrize("value", [None, 0, 1, 2, 3])
def test_question_nine_opens_the_safety_step_at_any_answer_above_not_at_all(value):
    rules = outcome_of(READ["phq9"], {str(n): 0 for n in range(1, 9)} | {"9": value}).critical
    assert [(rule.level, rule.kind) for rule in rules] == ([("high", "suicide")] if value else [])


@pytest.mark.parametrize(
    ("number", "level"), [("1", "high"), ("2", "high"), ("3", "high"), ("4", "high"), ("5", "imminent")]
)
def test_each_yes_in_the_safety_questions_is_critical(number, level):
    rules = outcome_of(READ["asq"], {number: 1}).critical
    assert [(rule.level, rule.kind) for rule in rules] == [(level, "suicide")]
    assert outcome_of(READ["asq"], {number: 0}).critical == outcome_of(READ["asq"], {number: None}).critical == ()


@pytest.mark.parametrize(("value", "levels"), [(None, []), (0, []), (1, ["watch"]), (2, ["watch"]), (3, ["high"])])
def test_a_carer_who_cannot_go_on_is_asked_about_it_whatever_the_score(value, levels):
    lowest, *_ = stairs("carer-load")
    outcome = outcome_of(READ["carer-load"], lowest | {"go-on": value})
    assert [rule.level for rule in outcome.critical] == levels
    assert (outcome.score, outcome.band, outcome.left_out) == (0, "little", ())
