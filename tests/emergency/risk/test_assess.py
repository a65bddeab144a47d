"""The risk check as a whole: it answers whatever is written, says the plain cases right, and shows where."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from emergency.risk import Kind, Level, assess
from tests.support.work import instructions

PLAIN = [
    ("Өлгім келеді, өмір сүргім келмейді", Level.HIGH, Kind.SUICIDE),
    ("olgim keledi", Level.HIGH, Kind.SUICIDE),
    ("Бүгін түнде өзімді өлтіремін, қош болыңдар", Level.IMMINENT, Kind.SUICIDE),
    ("не хочу больше жить, думаю о самоубийстве", Level.HIGH, Kind.SUICIDE),
    ("Сегодня ночью я покончу с собой. Прощайте.", Level.IMMINENT, Kind.SUICIDE),
    ("I want to die and I think about killing myself", Level.HIGH, Kind.SUICIDE),
    ("I will kill myself tonight, goodbye everyone", Level.IMMINENT, Kind.SUICIDE),
    ("муж бьёт меня каждый день", Level.HIGH, Kind.ABUSE),
    ("I cut my arms again last night", Level.HIGH, Kind.SELF_HARM),
]
HARMLESS = [
    "Бүгін ауа райы жақсы, саябаққа бардық",
    "Сегодня был хороший день, гуляли с дочкой в парке",
    "We had soup for dinner and watched the football",
    "Рахмет, бәрі жақсы",
    "",
    " \n\t ",
    "👍",
    "12345",
]


@pytest.mark.parametrize(("text", "level", "kind"), PLAIN)
def test_plain_words_of_danger_are_understood(text, level, kind):
    found = assess(text)
    assert (found.level, found.kind) == (level, kind)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_are_left_alone(text):
    found = assess(text)
    assert (found.level, found.kind, found.spans) == (Level.NONE, Kind.NONE, ())


@pytest.mark.parametrize("text", [text for text, _level, _kind in PLAIN])
def test_danger_is_found_between_other_sentences(text):
    day = "Бүгін ерте тұрдым. Таңғы ас іштік. Потом поехали в город за лекарствами. The bus had a ramp. "
    found = assess(day + text + ". " + day)
    assert found.level > Level.NONE
    assert any(len(day) <= span.start < len(day) + len(text) for span in found.spans)


@pytest.mark.parametrize("hint", ["kk", "ru", "en", "de", "", "nonsense", None])
def test_a_wrong_hint_at_the_language_changes_nothing(hint):
    assert assess("I want to die", hint) == assess("I want to die")


def test_caution_moves_the_line_one_way_only():
    texts = [text for text, _level, _kind in PLAIN] + HARMLESS
    for text in texts:
        levels = [assess(text, caution=caution).level for caution in (-100.0, -1.0, 0.0, 1.0)]
        assert [level > Level.NONE for level in levels] == sorted(level > Level.NONE for level in levels)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=300))
@example("\ud800 өлгім \udfff келеді")
@example("и\u0306" * 50 + "\x00\u200d" * 20)
@example("i want to die " * 50)
def test_any_text_is_answered_twice_alike_with_spans_inside_and_in_order(text):
    found = assess(text)
    assert found == assess(text)
    assert 0 <= found.confidence <= 1
    assert all(0 <= span.start < span.end <= len(text) for span in found.spans)
    assert all(one.start <= other.start for one, other in itertools.pairwise(found.spans))
    assert bool(found.spans) == (found.level > Level.NONE) == (found.kind is not Kind.NONE)


@settings(max_examples=30, deadline=None)
@given(st.text("абвгдеёжзийклмнопрстуфхцчшщәқңғүұөі abcdefghijklmnopqrstuvwxyz.,!?\n🙂", max_size=200))
def test_words_that_people_type_are_answered_too(text):
    found = assess(text)
    assert bool(found.spans) == (found.level > Level.NONE)


@pytest.mark.parametrize("piece", ["Бүгін жақсы күн болды. ", "а", "слово ", "a.", "🙂", "не хочу жить "])
def test_a_text_four_times_as_long_is_about_four_times_the_work(piece):
    def work(characters):
        text = (piece * (characters // len(piece) + 1))[:characters]
        return instructions(lambda: assess(text))

    work(8_000)  # words that are remembered
    assert work(8_000) < work(2_000) * 5
