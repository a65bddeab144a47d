"""The alarm on top of the pages of those who are called; until somebody has taken it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from emergency import services as follow_ups
from emergency.alarms import services as alarms
from emergency.choices import Level, Origin, Source
from emergency.models import HelpRequest
from emergency.requests import services as requests
from tests.support.cast import make_person
from tests.support.duty import on_duty
from tests.support.html import page, text_of
from tests.support.urgent import take_by

pytestmark = pytest.mark.django_db
ALARM = "/en/urgent/alarm/"


def asked(user: User, level: Level = Level.HIGH) -> HelpRequest:
    return requests.open_request(user=user, level=level, origin=Origin.BUTTON, language="kk", words="Құпия")


def banner(client, path: str = "/en/dashboard/") -> str:
    return text_of(page(client.get(path)).select_one("#urgent-alarm"))


def test_whoever_is_called_sees_it_on_every_page_without_who_asks_or_their_words(as_person, owner):
    dana = on_duty("dana")
    request = asked(owner, Level.IMMINENT)
    client = as_person(dana)
    for path in ("/en/dashboard/", "/en/mood/", "/en/notifications/", ALARM):
        words = banner(client, path)
        assert "Danger right now" in words
        assert not [word for word in ("Owner", "Құпия") if word in words]
    link = page(client.get("/en/dashboard/")).select_one("#urgent-alarm [role=alert] a")
    assert link["href"] == f"/en/urgent/{request.public_id}/"


def test_others_do_not_see_it_until_their_rung_is_called(as_person, owner, admin):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        on_duty("dana")
        asel = make_person("asel", role=Role.PSYCHOLOGIST)
        asked(owner)
        seen = []
        for _rung in range(3):
            seen.append([bool(banner(as_person(person))) for person in (asel, admin)])
            clock.shift(timedelta(minutes=5))
            alarms.climb_due()
    assert seen == [[False, False], [True, False], [True, True]]


def test_whose_shift_begins_meanwhile_sees_it(as_person, owner):
    on_duty("dana")
    asked(owner)
    assert "You are called now" in banner(as_person(on_duty("nurlan")))


@pytest.mark.parametrize("who", ["owner", "other_user", "assigned_volunteer", "curator"])
def test_people_who_are_never_called_have_no_alarm(request, as_person, owner, who):
    asked(owner)
    client = as_person(request.getfixturevalue(who))
    assert page(client.get("/en/dashboard/")).select_one("#urgent-alarm") is None
    assert client.get(ALARM).status_code == 403


def test_it_ends_for_all_when_one_has_taken_it_and_the_others_are_told_who(as_person, owner):
    dana, asel = on_duty("dana"), on_duty("asel")
    request = asked(owner)
    take_by(request, dana)
    assert banner(as_person(dana), ALARM) == ""
    assert banner(as_person(asel), ALARM) == "Dana has taken it. Thank you for being there."
    assert banner(as_person(asel)) == ""


def test_a_follow_up_rings_when_it_is_urgent_or_overdue(as_person, owner, other_user):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        dana = on_duty("dana")
        client = as_person(dana)
        calm = follow_ups.open_follow_up(user=owner, level=Level.WATCH, source=Source.TEST, agreed=True)
        assert banner(client) == ""
        follow_ups.open_follow_up(user=other_user, level=Level.HIGH, source=Source.TEST, agreed=True)
        assert "Somebody asks for help : Urgent" in banner(client)
        follow_ups.take(follow_up=calm, psychologist=dana)
        clock.shift(timedelta(hours=48))
        alarms.climb_due()
        assert "A follow-up waits too long : To keep in mind" in banner(as_person(dana))


def test_many_are_said_in_a_number_and_cost_no_more(as_person, owner):
    client, counts = as_person(on_duty("dana")), []
    for names in ("a", "bcdef"):
        for name in names:
            asked(make_person(name))
        with CaptureQueriesContext(connection) as queries:
            words = banner(client, ALARM)
        counts.append(len(queries))
    assert words.count("Waits since") == 3
    assert "3 more wait" in words
    assert counts[0] == counts[1]


def test_nobody_who_is_never_called_pays_a_query_for_it(as_person, owner):
    client = as_person(owner)
    client.get("/en/mood/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/mood/")
    assert not [query for query in queries if "emergency_alarm" in query["sql"]]
