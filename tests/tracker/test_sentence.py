"""The plain sentence about a week, in each language, with its plurals."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from tests.support.html import page, text_of
from tracker.models import MoodEntry

NOW = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)  # Wednesday, 12:30 in Almaty
LANGUAGES = ["kk", "ru", "en"]
# The word that counts: «раз» and «раза» in Russian, one form in Kazakh.
COUNTED = {
    "kk": {n: rf"\b{n} рет\b" for n in (1, 2, 5, 11, 21)},
    "ru": {1: r"\b1 раз\b", 2: r"\b2 раза\b", 5: r"\b5 раз\b", 11: r"\b11 раз\b", 21: r"\b21 раз\b"},
    "en": {1: r"\b1 time\b", 2: r"\b2 times\b", 5: r"\b5 times\b", 11: r"\b11 times\b", 21: r"\b21 times\b"},
}
LEVELS = {
    "better": (4, 3, "This week is better than last week."),
    "harder": (2, 3, "This week is harder than last week."),
    "same": (3, 3, "This week is about the same as last week."),
}


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sentence(as_person, owner):
    """Return what the panel of the week says in a language."""

    def read(language: str) -> str:
        return text_of(page(as_person(owner).get(f"/{language}/mood/week/")).select_one(".lead"))

    return read


def entries(owner, count: int, level: int, weeks_ago: int = 0) -> None:
    first = NOW - timedelta(weeks=weeks_ago)
    moments = [first - timedelta(hours=i) for i in range(count)]
    MoodEntry.objects.bulk_create([MoodEntry(owner=owner, level=level, felt_at=moment) for moment in moments])


def is_own_text(said: dict[str, str]) -> None:
    """Check that three languages say it each in its own words."""
    assert len(set(said.values())) == 3
    assert re.search("[әғқңөұүһі]", said["kk"], re.IGNORECASE)
    assert not re.search("[әғқңөұүһі]|[a-z]", said["ru"], re.IGNORECASE)
    assert not re.search("[\u0400-\u04ff]", said["en"])


def test_a_week_without_entries_has_its_own_words(sentence):
    said = {language: sentence(language) for language in LANGUAGES}
    is_own_text(said)
    assert said["en"] == "Nothing is recorded this week yet. One press is enough."


@pytest.mark.parametrize("count", [1, 2, 5, 11, 21])
def test_the_count_agrees_with_its_word(sentence, owner, count):
    entries(owner, count, level=4)
    said = {language: sentence(language) for language in LANGUAGES}
    is_own_text(said)
    for language in LANGUAGES:
        assert re.search(COUNTED[language][count], said[language]), said[language]


@pytest.mark.parametrize("kind", LEVELS)
def test_the_week_is_compared_with_the_one_before(sentence, owner, kind):
    level, before, words = LEVELS[kind]
    entries(owner, 3, level)
    entries(owner, 2, before, weeks_ago=1)
    said = {language: sentence(language) for language in LANGUAGES}
    is_own_text(said)
    assert said["en"].endswith(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_better_harder_and_the_same_are_three_sentences(sentence, owner, language):
    entries(owner, 2, 3, weeks_ago=1)
    said = set()
    for level in (2, 3, 4):
        MoodEntry.objects.filter(felt_at__gte=NOW - timedelta(days=2)).delete()
        entries(owner, 2, level)
        said.add(sentence(language))
    assert len(said) == 3


def test_without_a_week_before_nothing_is_compared(sentence, owner):
    entries(owner, 2, 4)
    entries(owner, 2, 1, weeks_ago=2)
    assert sentence("en") == "You recorded your mood 2 times this week. On average: good."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_average_is_the_word_of_the_level(sentence, owner, language):
    entries(owner, 1, 5)
    with translation.override(language):
        word = str(MoodEntry(level=5).get_level_display()).lower()
    assert word in sentence(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_chart_and_table_say_the_same(as_person, owner, language):
    entries(owner, 2, 4)
    soup = page(as_person(owner).get(f"/{language}/mood/week/"))
    days = soup.select_one("desc").get_text().rstrip(".").split("; ")
    rows = [(text_of(row.th), text_of(row.td)) for row in soup.select("tbody tr")]
    assert len(days) == len(rows) == 7
    for (day, word), (header, cell) in zip((line.split(": ") for line in days), rows, strict=True):
        assert header.startswith(f"{day}, ")
        assert word.lower() in cell.lower()
