"""The course as data: complete in three languages, one right answer each, words that respect people."""

import json
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from accounts.training import course as courses
from accounts.training.course import DATA
from emocare.printing import FONTS

LANGUAGES = {code for code, _name in settings.LANGUAGES}
FILES = sorted(DATA.glob("*.json"))
BLOCKS = {"paragraph": {"text"}, "heading": {"text"}, "list": {"items"}, "pair": {"say", "avoid"}}
KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = re.compile("[A-Za-z]")
FORBIDDEN = re.compile(r"\b(мүгедек(?!ті[гк])\w*|инвалид(?!ност)\w*|кемтар\w*)", re.IGNORECASE)
TOPICS = {"listening", "limits", "safety", "privacy", "senses", "body", "mind", "complex", "carers", "care"}

pytestmark = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def read(path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def texts(part) -> Iterator[dict[str, str]]:
    """Return every text of a part of the course."""
    if isinstance(part, dict) and LANGUAGES & part.keys():
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from texts(inner)


def test_every_text_is_there_in_three_languages(path):
    for text in texts(read(path)):
        assert text.keys() == LANGUAGES
        assert all(words.strip() == words and words for words in text.values()), text


def test_the_lessons_are_those_of_the_training_and_have_sources(path):
    course = read(path)
    assert course["schema"] == "emocare-course/1"
    assert f"{course['id']}-{course['version']}" == path.stem
    assert {lesson["id"] for lesson in course["lessons"]} == TOPICS
    assert all(lesson["sources"] for lesson in course["lessons"])


def test_every_block_is_of_a_kind_that_our_templates_know(path):
    for lesson in read(path)["lessons"]:
        for block in lesson["blocks"]:
            assert BLOCKS[block["type"]] == block.keys() - {"type"}
        assert {block["type"] for block in lesson["blocks"]} == BLOCKS.keys()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_lesson_is_neither_a_note_nor_a_book(path, language):
    for lesson in read(path)["lessons"]:
        parts = list(texts([lesson["blocks"], lesson["check"]]))
        assert 250 <= sum(len(text[language].split()) for text in parts) <= 480, lesson["id"]


def test_every_question_has_exactly_one_right_answer(path):
    course = read(path)
    checks = [question for lesson in course["lessons"] for question in lesson["check"]]
    for question in [*checks, *course["test"]["bank"]]:
        answers = question["answers"]
        assert sum(answer.get("right", False) for answer in answers) == 1, question
        for language in LANGUAGES:
            assert len({answer["text"][language] for answer in answers}) == len(answers)


def test_questions_to_check_oneself_explain_every_answer(path):
    for lesson in read(path)["lessons"]:
        assert 2 <= len(lesson["check"]) <= 3
        assert all("why" in answer for question in lesson["check"] for answer in question["answers"])


def test_the_bank_is_larger_than_a_test_and_covers_every_lesson(path):
    course = read(path)
    bank = course["test"]["bank"]
    assert len({question["id"] for question in bank}) == len(bank) >= 24
    assert {question["lesson"] for question in bank} == {lesson["id"] for lesson in course["lessons"]}
    assert all(3 <= len(question["answers"]) <= 4 for question in bank)
    assert all(words.endswith("?") for question in bank for words in question["question"].values())
    assert len(course["lessons"]) <= course["test"]["asked"] < len(bank)


def test_each_language_is_itself(path):
    for text in texts(read(path)):
        assert not LATIN.search(text["kk"] + text["ru"]), text
        assert not CYRILLIC.search(text["en"]), text
        assert not KAZAKH.search(text["ru"]), text
        assert len(CYRILLIC.findall(text["kk"])) <= 40 or KAZAKH.search(text["kk"]), text


def test_nobody_is_called_what_hurts(path):
    for text in texts(read(path)):
        assert not FORBIDDEN.search(text["kk"] + " " + text["ru"]), text


def test_the_data_hold_no_markup_and_only_letters_that_the_font_has(path):
    known = set(map(chr, TTFont(FONTS / "golos-text-400.ttf").getBestCmap()))
    written = {letter for text in texts(read(path)) for words in text.values() for letter in words}
    assert written <= known - {"<", ">"}


def test_the_course_loads(path):
    course = courses.load(path.stem)
    assert course.needed == 12
    assert course.questions.keys() == {key for key, _order in course.draw()} | course.questions.keys()
    assert {course.questions[key].lesson for key, _order in course.draw()} == TOPICS
