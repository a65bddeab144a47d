"""Laws of scoring, for the shipped tests and for any that somebody could bring."""

from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.support import written
from tests_app import library
from tests_app.checking import check, reach
from tests_app.questionnaire import Questionnaire, read
from tests_app.scoring import outcome_of, points

OFTEN = settings(max_examples=150, deadline=None, database=None)
SUMS = [read(content) for content in library.shipped() if content["scoring"]["method"] == "sum"]
NAMES = "abcdefgh"


def _split(draw: Any, sums: int, times: int) -> list[dict[str, Any]]:
    """Return one band or two, for all scores."""
    low, high = reach.lowest(sums) * times, reach.highest(sums) * times
    middle = draw(some.integers(low, high - 1)) if high > low else high
    halves = [written.band("low", low, middle), written.band("high", middle + 1, high)]
    full = all(reach.any_between(sums, -(-band["low"] // times), band["high"] // times) for band in halves)
    return halves if full else [written.band("all", low, high)]


@some.composite
def contents(draw: Any) -> dict[str, Any]:
    """Return any test that can be brought: turned and weighted questions, parts, conditions, a factor."""
    count = draw(some.integers(2, 6))
    names, sets = NAMES[:count], some.lists(some.integers(0, 6), min_size=2, max_size=4, unique=True)
    items: list[dict[str, Any]] = []
    for name in names:
        more: dict[str, Any] = {"options": written.options(*draw(sets))}
        if items and draw(some.integers(0, 3)) == 0:
            earlier = draw(some.sampled_from(items))
            values = [option["value"] for option in earlier["options"]]
            more["ask_if"] = {
                "item": earlier["id"],
                "values": draw(some.lists(some.sampled_from(values), min_size=1, unique=True)),
            }
        items.append(
            written.item(name, **more, may_skip=draw(some.booleans()), scored=name == "a" or draw(some.booleans()))
        )
    scored = [item["id"] for item in items if item["scored"]]
    chosen = some.lists(some.sampled_from(scored), min_size=1, unique=True)
    scoring = {
        "method": "sum",
        "reverse": draw(chosen),
        "weights": draw(some.dictionaries(some.sampled_from(scored), some.integers(1, 3))),
        "multiply": draw(some.integers(1, 4)),
    }
    content = written.content(items=items, scoring=scoring, bands=[])
    del content["options"]
    rough = read(content)
    sums, times = reach.sums(rough, scored), scoring["multiply"]
    scoring |= {"lowest": reach.lowest(sums) * times, "highest": reach.highest(sums) * times}
    content["bands"] = _split(draw, sums, times)
    of_part = draw(chosen)
    part = {"code": "part", "name": written.words("part"), "items": of_part}
    scoring["parts"] = [part | {"bands": _split(draw, reach.sums(rough, of_part), times)}]
    return content | {"scoring": scoring}


def answers_to(questionnaire: Questionnaire, *, skip: bool = True) -> some.SearchStrategy[dict[str, int | None]]:
    """Return any answers to all questions, also to those that are not asked."""
    return some.fixed_dictionaries(
        {
            item.id: some.sampled_from([*sorted(item.values), *([None] if skip and item.may_skip else [])])
            for item in questionnaire.items
        }
    )


@OFTEN
@given(content=contents(), data=some.data())
def test_any_answers_to_any_right_test_have_a_score_in_its_range_and_one_band(content, data):
    assert [str(problem) for problem in check(content)] == []
    questionnaire = read(content)
    outcome = outcome_of(questionnaire, data.draw(answers_to(questionnaire)))
    assert (outcome.score is None) == bool(outcome.left_out)
    if outcome.score is not None:
        assert questionnaire.scoring.lowest <= outcome.score <= questionnaire.scoring.highest
        assert [b.code for b in questionnaire.bands if b.low <= outcome.score <= b.high] == [outcome.band]
    for part in outcome.parts.values():
        assert (part.score is None) == (part.band == "")


@OFTEN
@given(content=contents(), data=some.data())
def test_the_score_is_the_sum_of_turned_and_weighted_answers_times_the_factor(content, data):
    questionnaire, scoring = read(content), content["scoring"]
    answers = data.draw(answers_to(questionnaire, skip=False))
    added, asked = 0, set()
    for item in content["items"]:
        condition = item.get("ask_if")
        if condition and not (condition["item"] in asked and answers[condition["item"]] in condition["values"]):
            continue
        asked.add(item["id"])
        if item["scored"]:
            values = [option["value"] for option in item["options"]]
            value = answers[item["id"]]
            turned = max(values) + min(values) - value if item["id"] in scoring["reverse"] else value
            added += turned * scoring["weights"].get(item["id"], 1)
    assert outcome_of(questionnaire, answers).score == added * scoring["multiply"]


@OFTEN
@given(content=contents(), data=some.data())
def test_the_order_of_answers_and_answers_to_what_is_not_asked_change_nothing(content, data):
    questionnaire = read(content)
    answers = data.draw(answers_to(questionnaire))
    asked = {item.id for item in questionnaire.asked(answers)}
    shuffled = data.draw(some.permutations(list(answers.items())))
    outcome = outcome_of(questionnaire, answers)
    assert outcome_of(questionnaire, dict(shuffled)) == outcome
    assert outcome_of(questionnaire, {key: value for key, value in answers.items() if key in asked}) == outcome


@OFTEN
@given(data=some.data())
def test_turning_a_question_twice_is_not_turning_it(data):
    questionnaire = read(data.draw(contents()))
    for item in questionnaire.items:
        if item.id in questionnaire.scoring.reverse:
            weight = questionnaire.scoring.weights.get(item.id, 1)
            once = {value: points(questionnaire, item.id, value) // weight for value in item.values}
            ends = max(item.values) + min(item.values)
            assert {value: ends - turned for value, turned in once.items()} == {v: v for v in item.values}
            assert {min(once.values()), max(once.values())} == {min(item.values), max(item.values)}


@OFTEN
@given(data=some.data())
def test_any_answers_to_a_shipped_test_have_a_score_in_its_range_and_its_band(data):
    questionnaire = data.draw(some.sampled_from(SUMS))
    outcome = outcome_of(questionnaire, data.draw(answers_to(questionnaire)))
    figures = [(outcome.score, outcome.band, questionnaire.bands)]
    figures += [(f.score, f.band, questionnaire.part(code).bands) for code, f in outcome.parts.items()]
    for score, band, bands in figures:
        assert [b.code for b in bands if score is not None and b.low <= score <= b.high] == ([band] if band else [])
    if len(outcome.left_out) <= questionnaire.scoring.most_missing:
        assert questionnaire.scoring.lowest <= outcome.score <= questionnaire.scoring.highest
    else:
        assert outcome.score is None


@OFTEN
@given(some.lists(some.integers(0, 4), min_size=4, max_size=8), some.data())
def test_what_was_left_out_is_filled_with_the_mean_rounded_half_up(values, data):
    missing, times = data.draw(some.integers(1, len(values) // 2)), data.draw(some.integers(1, 4))
    names = NAMES[: len(values)]
    questionnaire = read(
        written.content(
            options=written.options(0, 1, 2, 3, 4),
            items=[written.item(name) for name in names],
            **written.scored(0, 4 * len(names) * times, most_missing=missing, multiply=times),
        )
    )
    given = dict(zip(names, values, strict=True)) | dict.fromkeys(names[:missing])
    mean = Fraction(sum(values[missing:]), len(values) - missing)
    assert outcome_of(questionnaire, given).score == floor(mean * len(values) + Fraction(1, 2)) * times
    assert outcome_of(questionnaire, given | {names[missing]: None}).score is None


def test_an_answer_from_before_to_what_is_no_longer_asked_opens_no_other_question():
    chain = [
        written.item("a"),
        written.item("b", ask_if={"item": "a", "values": [1, 2, 3]}),
        written.item("c", ask_if={"item": "b", "values": [1, 2, 3]}),
    ]
    questionnaire = read(written.content(items=chain))
    assert [item.id for item in questionnaire.asked({"a": 1, "b": 1})] == ["a", "b", "c"]
    assert [item.id for item in questionnaire.asked({"a": 0, "b": 1, "c": 3})] == ["a"]
    assert outcome_of(questionnaire, {"a": 0, "b": 1, "c": 3}).score == 0


def test_a_critical_answer_to_what_is_no_longer_asked_opens_no_safety_step():
    items = [written.item("a"), written.item("b", ask_if={"item": "a", "values": [3]})]
    rule = {"item": "b", "values": [1], "level": "high", "kind": "suicide"}
    questionnaire = read(written.content(items=items, critical=[rule], **written.scored(0, 6)))
    assert outcome_of(questionnaire, {"a": 0, "b": 1}).critical == ()
    assert len(outcome_of(questionnaire, {"a": 3, "b": 1}).critical) == 1
