"""The second look: it divides what people type into pieces it knows, and reads them alike each time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emergency.risk import assess, model, reader
from emergency.risk.levels import Kind, Level
from emergency.risk.reader import MOST_PIECES, Pieces

KNOWN = ["", "", "", "", "\u2581", "\u2581не", "\u2581хочу", "хо", "чу", "х", "о", "ч", "у"]
SCORES = np.array([0, 0, 0, 0, -5, -2, -3, -4, -4, -6, -6, -6, -6], np.float32)
LARGEST = 20  # MB


def _divided(text):
    pieces = Pieces(KNOWN, SCORES)
    return [KNOWN[place] for place in pieces.of(text)[1:-1]]


def test_words_are_divided_the_likeliest_way():
    assert _divided("Не  хочу\n") == ["\u2581не", "\u2581хочу"]
    assert _divided("нехочу") == ["\u2581не", "хо", "чу"]


def test_what_no_piece_holds_is_unknown():
    pieces = Pieces(KNOWN, SCORES)
    assert pieces.of("☃") == [reader.BEGIN, KNOWN.index("\u2581"), reader.UNKNOWN, reader.END]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=600))
def test_any_text_is_read_twice_alike(text):
    known = reader.load()
    assert 2 <= len(known.pieces.of(text)) <= MOST_PIECES
    assert known.read(text) == known.read(text)


def test_it_answers_what_the_model_asks():
    asked = {"watch", "high", "imminent"} | {kind.value for kind in Kind if kind is not Kind.NONE}
    assert set(reader.load().names) == asked


def test_the_file_is_not_too_large():
    assert reader.WEIGHTS.stat().st_size < LARGEST * 2**20


@pytest.mark.parametrize(("none", "danger"), [
    ("не хочу жить в этом городе", "не хочу жить"),
    ("I will kill this process tonight", "I will kill myself tonight"),
    ("Күлкіден өліп қала жаздадым", "Өлгім келеді, шаршадым"),
])  # fmt: skip
def test_it_tells_danger_from_what_looks_like_it(none, danger):
    read = reader.load().read
    assert read(danger)["watch"] > read(none)["watch"]


@pytest.mark.parametrize("text", ["we walked in the park", "Рахмет, бәрі жақсы", "я сегодня ночью покончу с собой"])
def test_it_is_not_asked_where_words_are_clear(text, monkeypatch):
    monkeypatch.setattr(reader, "load", pytest.fail)
    assess(text)


def test_a_long_text_asks_it_a_few_times_only(monkeypatch):
    asked = []
    known = reader.load()

    class Counting:
        def read(self, text):
            asked.append(text)
            return known.read(text)

    monkeypatch.setattr(reader, "load", Counting)
    monkeypatch.setattr(model.load(), "unsure", (-100.0, 100.0))
    assess("I am tired of all this and the rain goes on. " * 400)
    assert 1 < len(asked) <= 16


def test_caution_asks_it_sooner(monkeypatch):
    asked = []
    known = reader.load()
    monkeypatch.setattr(reader, "load", lambda: asked.append(1) or known)
    text = "we walked in the park"
    assert assess(text).level == Level.NONE
    assert not asked
    assess(text, caution=10.0)
    assert asked
