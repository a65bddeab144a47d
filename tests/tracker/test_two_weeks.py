"""The report on two weeks is offered once, says what the mood did, and what may help."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.support.html import page, text_of
from tracker.models import MoodEntry, ReportOffer

NOW = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)
TRACKER, REPORT, OFFER = "/en/mood/", "/en/mood/two-weeks/", "/en/mood/two-weeks/offer/"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def days(owner, ago: list[int], level: int = 3, **fields) -> None:
    moments = [NOW - timedelta(days=day) for day in ago]
    MoodEntry.objects.bulk_create([MoodEntry(owner=owner, level=level, felt_at=at, **fields) for at in moments])


def is_offered(client) -> bool:
    return page(client.get(TRACKER)).select_one("#offer-title") is not None


def tips(client) -> str:
    return text_of(page(client.get(REPORT)).select_one("main"))


@pytest.mark.parametrize(
    ("ago", "offered"),
    [
        ([0, 3, 6, 9, 11], True),
        ([0, 3, 6, 11], False),
        ([0, 1, 2, 3, 4], False),
        ([14, 15, 16, 17, 18], False),
        ([], False),
    ],
)
def test_it_is_offered_when_enough_days_of_two_weeks_hold_a_mood(clock, as_person, owner, ago, offered):
    days(owner, ago)
    assert is_offered(as_person(owner)) == offered


@pytest.mark.parametrize(("pressed", "leads_to"), [({"read": ""}, REPORT), ({}, TRACKER)])
def test_it_is_offered_once_in_two_weeks_whatever_one_answers(clock, as_person, owner, pressed, leads_to):
    days(owner, list(range(14)))
    client = as_person(owner)
    assert client.post(OFFER, pressed).headers["Location"] == leads_to
    assert not is_offered(client)
    clock.shift(timedelta(days=14, minutes=1))
    days(owner, [-1, -4, -8, -12, -14])
    assert is_offered(as_person(owner))


def test_anothers_answer_changes_nothing(clock, as_person, owner, other_user):
    days(owner, list(range(14)))
    as_person(other_user).post(OFFER)
    assert is_offered(as_person(owner))
    assert ReportOffer.objects.get().owner == other_user


def test_hard_weeks_name_people_to_call(clock, as_person, owner):
    days(owner, list(range(14)), level=2)
    soup = page(as_person(owner).get(REPORT))
    assert soup.select_one("main .notice--warning a")["href"] == "/en/urgent-help/"


def test_other_weeks_do_not(clock, as_person, owner):
    days(owner, list(range(14)), level=4)
    assert not page(as_person(owner).get(REPORT)).select("main .notice--warning")


def test_what_may_help_fits_what_made_days_lower_and_higher(clock, as_person, owner):
    days(owner, [0, 1, 2, 3, 4, 5], level=2, causes=["sleep"])
    days(owner, [6, 7, 8, 9, 10, 11], level=5, causes=["rest"])
    shown = tips(as_person(owner))
    assert "Sleep: go to bed" in shown
    assert "On better days there is: Rest." in shown
    assert "Pain:" not in shown


def test_it_compares_with_the_two_weeks_before_and_works_without_any_entry(clock, as_person, owner):
    client = as_person(owner)
    assert "No mood is recorded in this period" in tips(client)
    days(owner, [1, 2], level=4)
    days(owner, [15, 16], level=2)
    assert "These two weeks are better than the two before." in tips(client)


# The page of the dynamics and the report to print


@pytest.mark.parametrize("address", ["/en/mood/dynamics/", "/en/mood/report/"])
@pytest.mark.parametrize(
    "query", ["", "span=month", "span=quarter", "span=year", "span=all", "span=fortnight", "span=x&day=y",
              "day=9999-12-31", "day=0001-01-01&span=year", "day=2000-01-01&span=week", "span=month&day=2026-02-30"],
)  # fmt: skip
def test_every_period_opens_and_nonsense_is_this_one(clock, as_person, owner, address, query):
    days(owner, [0, 1, 40, 400])
    assert as_person(owner).get(f"{address}?{query}").status_code == 200


def test_one_can_go_back_in_time_but_not_into_the_future(clock, as_person, owner):
    soup = page(as_person(owner).get("/en/mood/dynamics/?span=month"))
    assert soup.select_one("a[rel=prev]")["href"].endswith("span=month&day=2026-10-01")
    assert soup.select_one("a[rel=next]") is None


def test_a_cause_is_compared_only_with_enough_days_and_as_no_proof(clock, as_person, owner):
    days(owner, [0, 1, 2, 3, 4], level=2, causes=["pain"])
    days(owner, [5, 6, 7, 8], level=4)
    client, address = as_person(owner), "/en/mood/dynamics/?span=month"
    assert "On days with" not in client.get(address).content.decode()
    days(owner, [9], level=4)
    shown = text_of(page(client.get(address)).select_one("main"))
    assert "On days with “Pain” your mood is 2.0 lower." in shown
    assert "This is not proof" in shown


def test_the_report_holds_notes_only_by_choice(clock, as_person, owner, record):
    record(owner, 3, NOW, note="тек өзіме")
    client = as_person(owner)
    assert "тек өзіме" not in client.get("/en/mood/report/?span=week").content.decode()
    assert "тек өзіме" in client.get("/en/mood/report/?span=week&notes=on").content.decode()
