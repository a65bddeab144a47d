"""Folding makes one word of its many spellings, and never loses where it stood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency.risk.folding import fold, sentences

ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Mn", "Me", "Cf", "Cc", "So"]),
        st.sampled_from("өлгімкеледіжитьdieşçğñı'’ь0346 .,!?…\n\x00\u200d\ufe0f\u202e\ud83d😀🔪\u0306\u0308\u0327"),
    ),
    max_size=80,
)
WORDS = st.lists(
    st.text(st.sampled_from("әқңғүұөіһёйыаеоклмнртсжшщцьюяşçğñöü0\u0306\u200d"), min_size=1, max_size=9)
    | st.sampled_from(["want", "kill", "ólgim", "keledi", "şeştim", "жить", "see3", "😀", "хочу"]),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "өлгім келеді",
            "олгим келеди",
            "olgim keledi",
            "ólgim keledi",
            "ölgim keledi",
            "ӨЛГІМ  КЕЛЕДІІІ",
            "ol'gim keledi",
        ],
        ["шештім", "sheshtim", "şeştim", "s\u0327es\u0327tim", "weshtim"],
        ["қош болыңдар", "qosh bolyngdar", "kosh bolindar", "kow bolyñdar", "қошш болыңдар"],
        ["жить", "zhit'", "жиить", "жит", "жи\u200bть", "жи\u00adть"],
        ["умереть", "у м е р е т ь", "умеретььь"],
        ["ұйқым", "уйкым", "uyqym", "ui\u0306qym"],
        ["хочу", "xочу", "х0чу", "hochu", "ХОЧУ", "хочуууу"],
        ["щека", "шека", "sheka"],
    ],
)
def test_one_word_however_it_is_typed(spellings):
    assert len({fold(spelling).sounds.text.strip() for spelling in spellings}) == 1


def test_english_words_stay_english_beside_kazakh_and_russian_ones():
    assert fold("I want to sleep, men olgim keledi").sounds.text == "i want to sleep, мен олгим келеди"
    assert fold("The men at the bar are fine").sounds.text == "the men at the bar are fine"
    assert fold("feeling suicdal today").sounds.text == "feeling suicdal today"
    assert fold("kiiiill su1cide 1000").plain.text == "kiill suicide 1000"


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_any_text_folds_the_same_twice_and_its_spans_are_inside_it_and_in_order(text):
    folded = fold(text)
    for view, again in ((folded.plain, fold(text).plain), (folded.sounds, fold(text).sounds)):
        assert view.text == again.text
        spans = [view.span(place, place + 1) for place in range(len(view.text))]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert spans == sorted(spans)
        assert view.span(0, 0) <= (len(text), len(text))


@given(WORDS)
@settings(max_examples=150, deadline=None)
def test_the_part_of_the_text_that_a_word_is_from_folds_to_that_word(words):
    text = " ".join(words)
    view = fold(text).plain
    place = 0
    for word in view.text.split():
        start = view.text.index(word, place)
        place = start + len(word)
        assert fold(text[slice(*view.span(start, place))]).plain.text == word


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_sentences_follow_each_other_and_leave_only_spaces_out(text):
    place = 0
    for start, end in sentences(text):
        assert place <= start < end <= len(text)
        assert not text[place:start].strip()
        place = end
    assert not text[place:].strip()


def test_a_run_without_stops_is_read_in_windows():
    assert max(end - start for start, end in sentences("сөз " * 1000 + "x" * 5000)) <= 240
    assert sentences("Шаршадым. Болды!! Қош 😢 сау бол") == [(0, 10), (10, 18), (18, 24), (24, 31)]
