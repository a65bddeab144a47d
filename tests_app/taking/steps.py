"""The way through a test one question a page: where somebody is, and what comes before and after."""

from dataclasses import dataclass

from tests_app.questionnaire import Answers, Item, Questionnaire


@dataclass(frozen=True)
class Place:
    """Which question of how many this is."""

    number: int
    total: int


def item_to_show(questionnaire: Questionnaire, answers: Answers, wanted: str | None) -> Item | None:
    """Return the question that was asked for, else the next open one; nothing when all are answered."""
    asked = {item.id: item for item in questionnaire.asked(answers)}
    if wanted in asked:
        return asked[wanted]
    return next(iter(questionnaire.open_items(answers)), None)


def place_of(questionnaire: Questionnaire, answers: Answers, item: Item) -> Place:
    """Return where a question stands among those that are asked."""
    asked = questionnaire.asked(answers)
    before = questionnaire.items[: questionnaire.items.index(item)]
    return Place(sum(one in before for one in asked) + 1, len(asked))


def before(questionnaire: Questionnaire, answers: Answers, item: Item) -> Item | None:
    """Return the question before this one; those that are not asked are passed by."""
    place = questionnaire.items.index(item)
    return next((one for one in reversed(questionnaire.asked(answers)) if questionnaire.items.index(one) < place), None)


def after(questionnaire: Questionnaire, answers: Answers, item: Item) -> Item | None:
    """Return the question after this one, or one that is open still; nothing when all are answered."""
    open_items = questionnaire.open_items(answers)
    if not open_items:
        return None
    place = questionnaire.items.index(item)
    later = (one for one in questionnaire.asked(answers) if questionnaire.items.index(one) > place)
    return next(later, open_items[0])
