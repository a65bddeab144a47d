"""Which scores the answers to some questions can give.

A set of scores is one whole number whose bit n stands for the score n: adding points to all of them is a shift.
"""

from collections.abc import Collection

from tests_app.questionnaire import Item, Questionnaire
from tests_app.scoring import points

NOTHING_ADDED = 1


def sums(questionnaire: Questionnaire, counted: Collection[str]) -> int:
    """Return the set of all sums of these questions' points; others are asked only for what follows from them."""
    found = NOTHING_ADDED
    for item in questionnaire.items:
        if item.ask_if is None:
            found = _plus(found, _of(questionnaire, item, counted))
    return found


def most(questionnaire: Questionnaire, counted: Collection[str]) -> int:
    """Return the largest of all sums, without making the set of them: cheap, whatever somebody brings."""
    return sum(_most(questionnaire, item, counted) for item in questionnaire.items if item.ask_if is None)


def _most(questionnaire: Questionnaire, item: Item, counted: Collection[str]) -> int:
    added = [(other.ask_if.values, _most(questionnaire, other, counted)) for other in _after(questionnaire, item)]
    return max(
        (points(questionnaire, item.id, value) if item.id in counted else 0)
        + sum(more for values, more in added if value in values)
        for value in item.values
    )


def _after(questionnaire: Questionnaire, item: Item) -> list[Item]:
    """Return the questions that are asked because of an answer to this one."""
    return [other for other in questionnaire.items if other.ask_if and other.ask_if.item == item.id]


def _of(questionnaire: Questionnaire, item: Item, counted: Collection[str]) -> int:
    """Return what a question that is asked can add, with those that are asked because of its answer."""
    added = [(other.ask_if.values, _of(questionnaire, other, counted)) for other in _after(questionnaire, item)]
    found = NOTHING_ADDED if item.may_skip and item.id not in counted else 0
    for value in item.values:
        sum_of = 1 << points(questionnaire, item.id, value) if item.id in counted else NOTHING_ADDED
        for values, more in added:
            if value in values:
                sum_of = _plus(sum_of, more)
        found |= sum_of
    return found


def _plus(some: int, others: int) -> int:
    """Return the set of all sums of one of each."""
    few, many = sorted((some, others), key=int.bit_count)
    found = 0
    while few:
        lowest = few & -few
        found |= many << lowest.bit_length() - 1
        few ^= lowest
    return found


def lowest(scores: int) -> int:
    """Return the smallest score of a set."""
    return (scores & -scores).bit_length() - 1


def highest(scores: int) -> int:
    """Return the largest score of a set."""
    return scores.bit_length() - 1


def any_between(scores: int, low: int, high: int) -> bool:
    """Say whether one of the scores lies in a range, both ends included."""
    return low <= high and bool(scores >> low & (1 << high - low + 1) - 1)
