"""Numbers of urgent help: how soon people were answered, and why some were not."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from emergency.choices import Level, Outcome, Rung, Source
from emergency.models import FollowUp
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.past_requests import asked, called

pytestmark = pytest.mark.django_db
PAGE = "/en/urgent-numbers/"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # 17 o'clock in Almaty


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOON, tick=False):
        yield


def rows(client, heading: str, query: str = "") -> list[list[str]]:
    """Return the cells of a section's table."""
    section = page(client.get(PAGE + query)).select_one(f"section[aria-labelledby={heading}]")
    return [[text_of(cell) for cell in row.select("th, td")] for row in section.select("tbody tr")]


def test_times_are_worked_out_for_each_level(as_person, admin):
    for seconds in (10, 20, 30, 40):
        asked(level=Level.IMMINENT, taken_after=seconds)
    asked(level=Level.HIGH, taken_after=400)
    asked(level=Level.HIGH)
    assert rows(as_person(admin), "levels") == [
        ["Danger right now", "4", "4", "0 min 25 s", "0 min 38 s", "0 min 40 s"],
        ["Urgent", "2", "1", "6 min 40 s", "6 min 40 s", "6 min 40 s"],
    ]


def test_hours_are_those_of_the_reader(as_person, admin):
    asked(at=NOON - timedelta(minutes=1), taken_after=60)
    asked(at=NOON - timedelta(hours=13), taken_after=3700)
    found = rows(as_person(admin), "hours")
    assert [(row[0], row[5]) for row in found] == [("04:00–05:00", "1 h 1 min"), ("16:00–17:00", "1 min 0 s")]


def test_what_was_taken_back_at_once_counts_apart(as_person, admin):
    asked(taken_after=60, closed_after=600)
    asked(closed_after=3, outcome=Outcome.UNDONE)
    client = as_person(admin)
    assert "Taken back at once by whoever pressed; they count nowhere else: 1" in text_of(page(client.get(PAGE)).main)
    assert len(rows(client, "outcomes")) == 1
    assert rows(client, "unanswered") == []


def test_each_that_nobody_took_is_explained(as_person, admin):
    waits = asked(at=NOON - timedelta(minutes=2))
    called(waits, 0, Rung.DUTY, 2)
    called(waits, 61, Rung.ALL, 7)
    ended = asked(at=NOON - timedelta(hours=1), closed_after=90, outcome=Outcome.BY_PERSON)
    called(ended, 1, Rung.DUTY, 1)
    asked(at=NOON - timedelta(hours=2), closed_after=50, outcome=Outcome.BY_PERSON)
    first, second, third = rows(as_person(admin), "unanswered")
    assert first[3:] == [
        "2 min 0 s",
        "0 min 0 s: Psychologists on duty (2 people) 1 min 1 s: All psychologists (7 people)",
        "It waits now.",
    ]
    assert second[5] == "Nobody who was called took it. The person needs it no more."
    assert third[4:] == ["There was nobody to call.", "The person needs it no more."]


def test_a_period_that_is_not_there_is_a_month(as_person, admin):
    asked(at=NOON - timedelta(days=20), taken_after=5)
    client = as_person(admin)
    assert len(rows(client, "levels", "?days=30'--")) == 1
    assert rows(client, "levels", "?days=7") == []
    assert text_of(page(client.get(f"{PAGE}?days=7")).select_one("[aria-current=page]")) == "A week"


def test_follow_ups_are_counted(as_person, admin, owner):
    of = {"user": owner, "level": Level.HIGH, "to_helpers": True, "asked_at": NOON, "source": Source.TEST}
    hour = timedelta(hours=1)
    closed = {"state": "closed", "note": "7", "taken_by": admin, "taken_at": NOON}
    FollowUp.objects.create(due_at=NOON - hour, **of)
    FollowUp.objects.create(due_at=NOON, closed_at=NOON - hour, **closed, **of)
    FollowUp.objects.create(due_at=NOON - 3 * hour, closed_at=NOON - hour, **closed, **of)
    section = page(as_person(admin).get(PAGE)).select_one("section[aria-labelledby=follow-ups]")
    assert [text_of(line)[-1] for line in section.select("li")] == ["1", "1", "1", "1"]


def test_no_name_and_no_word_is_there(as_person, admin, owner):
    asked(owner, words="Ешкімге сөз", place="Ешкімге жер")
    shown = as_person(admin).get(PAGE).content.decode()
    assert str(owner) not in shown
    assert "Ешкімге" not in shown


def test_many_requests_cost_no_more_queries_than_one(as_person, admin):
    client = as_person(admin)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(PAGE)
        return len(found)

    called(asked(), 0, Rung.DUTY, 1)
    before = queries()
    for number in range(5):
        called(asked(make_person(f"asker-{number}")), 0, Rung.DUTY, 1)
        asked(taken_after=number, closed_after=60)
    assert queries() == before


def test_the_file_has_the_same_times_in_seconds(as_person, admin):
    asked(level=Level.IMMINENT, taken_after=10)
    asked(level=Level.IMMINENT, taken_after=30)
    response = as_person(admin).get(f"{PAGE}file/?days=7")
    assert response["Content-Disposition"] == 'attachment; filename="emocare-urgent-help-7-days.csv"'
    table = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [line["of"] for line in table] == ["all", "level", "hour", "undone"]
    assert table[1] | {"p95_seconds": ""} == {
        "of": "level",
        "which": "imminent",
        "requests": "2",
        "taken": "2",
        "median_seconds": "20",
        "p95_seconds": "",
        "worst_seconds": "30",
    }
