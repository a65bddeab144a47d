"""The signs that rules find: where they are, what takes them back, and that no text is too strange or too long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency.risk.levels import Kind, Level
from emergency.risk.lexicon import entries
from emergency.risk.signs import read
from tests.support.work import instructions

WORDS = st.sampled_from(
    [
        "өлгім",
        "келеді",
        "жить",
        "не",
        "хочу",
        "kill",
        "myself",
        "күлкіден",
        "фильм",
        "tonight",
        "муж",
        "бьёт",
        "olgim",
        "😀",
    ]
)
ANY_TEXT = st.lists(
    WORDS | st.text(max_size=6) | st.text(st.characters(categories=["Cs", "Mn", "Cf", "Cc"]), max_size=4)
)


def dangers(text):
    return {(sign.kind, sign.level) for sign in read(text) if sign.weight > 0 and sign.level}


@pytest.mark.parametrize(
    ("text", "kind", "level"),
    [
        ("Өлгім келеді", Kind.SUICIDE, Level.HIGH),
        ("olgim keledi", Kind.SUICIDE, Level.HIGH),
        ("өлгімкеледі", Kind.SUICIDE, Level.HIGH),
        ("не хочу жить", Kind.SUICIDE, Level.HIGH),
        ("ne hochu zhit", Kind.SUICIDE, Level.HIGH),
        ("I dont want to live anymore", Kind.SUICIDE, Level.HIGH),
        ("бүгін түнде өлемін", Kind.SUICIDE, Level.IMMINENT),
        ("сегодня ночью меня не станет", Kind.SUICIDE, Level.IMMINENT),
        ("im going to kill myself tonight", Kind.SUICIDE, Level.IMMINENT),
        ("өмірден шаршадым", Kind.SUICIDE, Level.WATCH),
        ("я для всех обуза", Kind.SUICIDE, Level.WATCH),
        ("i wish i could disappear", Kind.SUICIDE, Level.WATCH),
        ("күйеуім мені ұрады", Kind.ABUSE, Level.HIGH),
        ("опять режу себе руки", Kind.SELF_HARM, Level.HIGH),
        ("my dad beats me, im 11", Kind.CHILD, Level.HIGH),
        ("қазір барып оны өлтіремін", Kind.THREAT, Level.IMMINENT),
        ("my friend says she wants to die", Kind.SOMEONE_ELSE, Level.HIGH),
    ],
)
def test_a_danger_is_found_with_its_kind_and_level(text, kind, level):
    assert (kind, level) in dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "күлкіден өліп қала жаздадым",
        "умираю со смеху с этого видео",
        "im dying of laughter",
        "не хочу жить в этом городе",
        "бұл қалада өмір сүргім келмейді",
        "өлгім келмейді, ұйқым келеді",
        "не хочу умирать, хочу выспаться",
        "порезала палец пока чистила лук",
        "процесті өлтірдім, сервер жұмыс істеп тұр",
        "хочу жить!!!",
    ],
)
def test_what_only_looks_like_danger_is_taken_back(text):
    assert not dangers(text)


def test_a_past_danger_that_has_come_back_is_not_past():
    assert not dangers("Ten years ago i wanted to die, today i am glad")
    assert dangers("Ten years ago i wanted to die, and the wish is back again")


def test_what_is_taken_back_says_by_what():
    (sign,) = [sign for sign in read("не хочу жить в этом городе") if sign.group == "suicide.clear"]
    assert (sign.weight, sign.cancelled_by) == (0, "not.place.ru")


def test_a_sign_shows_the_words_that_it_was_found_by():
    text = "Мне грустно 😢. Я больше не\u200b хочу  жить, вот."
    (sign,) = [sign for sign in read(text) if sign.group == "suicide.clear"]
    assert text[sign.start : sign.end] == "больше не\u200b хочу  жить"


@pytest.mark.parametrize(
    "text", ["думаю о самоубйистве", "покночить с собой хочу", "i want to kill myslef", "кошатсып отырмын"]
)
def test_a_slip_of_the_keys_in_a_long_word_hides_nothing(text):
    (*_others, sign) = [sign for sign in read(text) if sign.weight > 0 and sign.level]
    assert text[sign.start : sign.end].strip() == text[sign.start : sign.end]


def test_every_rule_has_a_name_that_says_what_it_is_for():
    first = {entry.name.partition(".")[0] for entry in entries()}
    assert first == {kind.value for kind in Kind if kind != Kind.NONE} | {"now", "not", "about"}
    assert all(entry.patterns and entry.level in {"none", "watch", "high", "imminent"} for entry in entries())


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_read_twice_the_same_with_signs_inside_it_and_in_order(parts):
    text = " ".join(parts)
    signs = read(text)
    assert signs == read(text)
    assert all(0 <= sign.start < sign.end <= len(text) for sign in signs)
    assert [sign.start for sign in signs] == sorted(sign.start for sign in signs)


@pytest.mark.parametrize(
    "part", ["не хочу жить ", "ол мені ұрады деп ", "a", "i want to i am ", "just ", "😂🤣", "м\u0306"]
)
def test_reading_is_work_by_length_and_no_more(part):
    def work(length):
        text = (part * (length // len(part) + 1))[:length]
        return instructions(lambda: read(text))

    work(100)  # what is compiled once
    assert work(8_000) < work(2_000) * 5  # four times as long; work that grew with the square would be sixteen times
