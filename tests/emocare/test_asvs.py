"""The checklist against OWASP ASVS 5.0.0: whole, each requirement once, and what it names exists."""

import re
from collections import Counter

import pytest
from django.conf import settings

CHECKLIST = settings.BASE_DIR / "docs/asvs.md"
STATES = ("met", "not applicable", "open")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([123]) \| (.+?) \| ([a-z ]+) \| (.+) \|$", re.MULTILINE)
PATH = re.compile(r"`((?:[\w.-]+/)*[\w.-]+(?:\.\w+|lock|file)|\.dockerignore|(?:[\w.-]+/)+)`")
LONGEST = 190
# Of each section of ASVS 5.0.0 the requirements of levels 1 and 2.
SECTIONS = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1-1
3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2 4.1:1-3 4.2:1-1 4.3:1-2 4.4:1-4
5.1:1-1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4
7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1-1 8.4:1-1 9.1:1-3 9.2:1-4
10.1:1-2 10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3
11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1-1 11.6:1-1 12.1:1-3 12.2:1-2 12.3:1-4
13.1:1-1 13.2:1-5 13.3:1-2 13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7
16.1:1-1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3 17.1:1-1 17.2:1-4 17.3:1-2
"""


def expected() -> list[str]:
    numbers = []
    for section in SECTIONS.split():
        name, _colon, ends = section.partition(":")
        first, last = map(int, ends.split("-"))
        numbers += [f"{name}.{number}" for number in range(first, last + 1)]
    return numbers


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, ...]]:
    return ROW.findall(CHECKLIST.read_text(encoding="utf-8"))


def test_every_requirement_of_levels_1_and_2_is_there_once_in_its_order(rows):
    assert [number for number, *_rest in rows] == expected()
    assert Counter(level for _number, level, *_rest in rows) == {"1": 70, "2": 183}


def test_each_has_a_state_and_a_reason_and_is_short(rows):
    assert {state for *_rest, state, _why in rows} <= set(STATES)
    assert [number for number, _level, asks, state, why in rows if len(asks) + len(why) > LONGEST] == []


def test_the_counts_on_top_are_those_of_the_tables(rows):
    text = CHECKLIST.read_text(encoding="utf-8")
    for level in ("1", "2"):
        count = Counter(state for _number, of, _asks, state, _why in rows if of == level)
        assert f"| {level} | " + " | ".join(str(count[state]) for state in STATES) + f" | {count.total()} |" in text


def test_what_is_met_names_a_place_and_the_place_exists(rows):
    named = {number: PATH.findall(why) for number, _level, _asks, state, why in rows if state == "met"}
    assert [number for number, paths in named.items() if not paths] == []
    missing = {number: [p for p in paths if not (settings.BASE_DIR / p).exists()] for number, paths in named.items()}
    assert {number: paths for number, paths in missing.items() if paths} == {}
