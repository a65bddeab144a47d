"""Short messages of nothing but everyday words are no danger; one other word, and the text is weighed."""

import itertools

import pytest

from emergency.risk import Level, assess
from emergency.risk.everyday import FILE


@pytest.mark.parametrize(
    "text",
    ["Мен осындамын", "мен үйдемін", "Келе жатырмын", "Я дома", "Я тут, привет!", "I am here", "Good night", "Рахмет"],
)
def test_that_one_is_here_is_no_danger(text):
    assert assess(text).level == Level.NONE


@pytest.mark.parametrize(
    "text", ["Мен үйдемін, өлгім келеді", "Я дома, бьют", "I am here with pills, goodbye", "Дома бьёт меня"]
)
def test_a_word_of_danger_beside_them_is_weighed_as_ever(text):
    assert assess(text).level > Level.NONE


def test_no_single_one_and_no_two_of_them_are_a_sign():
    words = [word for line in FILE.read_text(encoding="utf-8").splitlines() if line[0] != "#" for word in line.split()]
    assert all(assess(" ".join(two)).level == Level.NONE for two in itertools.pairwise(words))
