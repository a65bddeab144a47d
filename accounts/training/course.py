"""The courses as data: data/KEY.json holds lessons, questions and oath in all languages; read once.

A key names a course and its version. A file that people have been tested with is corrected, never changed in what its
questions are: a new version is a new file, and the old one stays, for the attempts and certificates that name it.
"""

import json
import random
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

DATA = Path(__file__).parent / "data"
CURRENT = "volunteer-1"


class Text(dict[str, str]):
    """A text in each language; written, it is in the active one."""

    def __str__(self) -> str:
        return self[get_language()]


@dataclass(frozen=True)
class Block:
    """A piece of a lesson: a `paragraph` or `heading` (text), a `list` (items), or a `pair` (say, avoid)."""

    kind: str
    text: Text | None = None
    items: tuple[Text, ...] = ()
    say: Text | None = None
    avoid: Text | None = None


@dataclass(frozen=True)
class Answer:
    """An answer of a question: `why` explains it, where the question is only to check oneself."""

    text: Text
    right: bool
    why: Text | None = None


@dataclass(frozen=True)
class Question:
    text: Text
    answers: tuple[Answer, ...]
    key: str = ""
    lesson: str = ""

    @cached_property
    def right(self) -> int:
        """Return the number of the right answer."""
        return next(number for number, answer in enumerate(self.answers) if answer.right)


@dataclass(frozen=True)
class Lesson:
    key: str
    number: int
    title: Text
    blocks: tuple[Block, ...]
    checks: tuple[Question, ...]


@dataclass(frozen=True)
class Oath:
    """What one promises after the test."""

    version: str
    promises: tuple[Text, ...]


@dataclass(frozen=True)
class Course:
    key: str
    title: Text
    lessons: tuple[Lesson, ...]
    asked: int
    pass_percent: int
    bank: tuple[Question, ...]
    oath: Oath

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.key: question for question in self.bank}

    @property
    def needed(self) -> int:
        """Return how many right answers pass the test."""
        return -(-self.asked * self.pass_percent // 100)

    def lesson(self, key: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.key == key), None)

    def draw(self) -> list[list[Any]]:
        """Return questions for an attempt, at least one of each lesson, with their options in any order."""
        chance = random.SystemRandom()
        mixed = chance.sample(self.bank, len(self.bank))
        one_of_each = {question.lesson: question for question in mixed}.values()
        rest = [question for question in mixed if question not in one_of_each]
        drawn = [*one_of_each, *rest][: self.asked]
        chance.shuffle(drawn)
        return [[q.key, chance.sample(range(len(q.answers)), len(q.answers))] for q in drawn]


def _block(data: dict[str, Any]) -> Block:
    texts = {name: Text(data[name]) for name in ("text", "say", "avoid") if name in data}
    return Block(kind=data["type"], items=tuple(map(Text, data.get("items", ()))), **texts)


def _question(data: dict[str, Any]) -> Question:
    answers = tuple(
        Answer(Text(a["text"]), right=a.get("right", False), why=Text(a["why"]) if "why" in a else None)
        for a in data["answers"]
    )
    return Question(Text(data["question"]), answers, key=data.get("id", ""), lesson=data.get("lesson", ""))


def _lesson(number: int, data: dict[str, Any]) -> Lesson:
    blocks, checks = tuple(map(_block, data["blocks"])), tuple(map(_question, data["check"]))
    return Lesson(data["id"], number, Text(data["title"]), blocks, checks)


@lru_cache
def load(key: str = CURRENT) -> Course:
    """Read a course; the key comes from this module or from a row of ours, never from a request."""
    data = json.loads((DATA / f"{key}.json").read_text(encoding="utf-8"))
    return Course(
        key=key,
        title=Text(data["title"]),
        lessons=tuple(_lesson(number, lesson) for number, lesson in enumerate(data["lessons"], 1)),
        asked=data["test"]["asked"],
        pass_percent=data["test"]["pass_percent"],
        bank=tuple(map(_question, data["test"]["bank"])),
        oath=Oath(data["oath"]["version"], tuple(map(Text, data["oath"]["promises"]))),
    )
