"""Who sees an urgent request, and who takes it."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.helping.steps import Refused
from accounts.models import JournalEntry, User
from emergency.choices import Happened, Level, Outcome, Part, Rung, State
from emergency.models import Claim, HelpRequest
from emergency.requests.services import end
from emergency.services import open_follow_up
from emergency.workspace import services
from tests.accounts.support import at_once
from tests.support.cast import make_person
from tests.support.html import page, said, text_of
from tests.support.urgent_help import asks, called_up_to

pytestmark = pytest.mark.django_db
QUEUE = "/en/urgent/"
WORDS, PLACE = "Құпия сөзім", "Абай 5"


def place(request: HelpRequest, what: str = "") -> str:
    return f"{QUEUE}{request.public_id}/{what}"


@pytest.fixture
def saule(db) -> User:
    return make_person("saule", role=Role.PSYCHOLOGIST)


@pytest.fixture
def dana(db) -> User:
    return make_person("dana", role=Role.PSYCHOLOGIST)


@pytest.fixture
def request_(owner) -> HelpRequest:
    return asks(owner, words=WORDS, place=PLACE, place_agreed_to="Иә")


def names(client) -> list[str]:
    """Return who stands in the queue, the first before the others."""
    soup = page(client.get(QUEUE))
    first = soup.select("#first")
    return [text_of(h2).split(": ")[1] for h2 in first] + [text_of(a) for a in soup.select(".entries h3 a")]


def test_the_most_urgent_stands_first_then_who_has_waited_longest_follow_ups_among_them(as_person, saule):
    for minutes, name, level in ((5, "a", Level.WATCH), (4, "b", Level.HIGH), (3, "c", Level.HIGH), (0, "d", 3)):
        with time_machine.travel(timezone.now() - timedelta(minutes=minutes), tick=False):
            person = make_person(name)
            if name == "b":
                open_follow_up(user=person, level=level, source="test", agreed=True)
            else:
                asks(person, Level(level))
    assert names(as_person(saule)) == ["D", "B", "C", "A"]


def test_before_it_is_taken_nothing_that_was_written_is_shown(as_person, saule, request_):
    client = as_person(saule)
    for where in (QUEUE, place(request_)):
        seen = client.get(where).content.decode()
        assert "Urgent" in seen
        assert WORDS not in seen
        assert PLACE not in seen
    client.post(place(request_, "take/"))
    seen = client.get(place(request_)).content.decode()
    assert WORDS in seen
    assert PLACE in seen
    assert JournalEntry.objects.filter(kind="request", subject=request_.user.journal_key).count() == 2


def test_of_two_who_press_one_takes_it_and_the_other_is_told_kindly_by_whom(as_person, saule, dana, request_):
    as_person(saule).post(place(request_, "take/"))
    as_person(saule).post(place(request_, "take/"))
    answer = as_person(dana).post(place(request_, "take/"), follow=True)
    assert said(answer) == ["info: Saule has taken it meanwhile. Thank you for being there."]
    assert [claim.helper for claim in Claim.objects.all()] == [saule]
    assert "Saule has it" in text_of(page(as_person(dana).get(place(request_))).main)
    assert [step.actor for step in request_.steps.filter(what=Happened.TAKEN)] == [saule]


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_takes_it(owner):
    several = [make_person(name, role=Role.PSYCHOLOGIST) for name in ("saule", "dana", "aliya", "madina")]
    found = asks(owner)

    def take(helper: User) -> bool:
        try:
            services.take(request=found, helper=helper)
        except Refused:
            return False
        return True

    assert sorted(at_once(*(lambda h=helper: take(h) for helper in several))) == [False, False, False, True]
    assert Claim.objects.count() == 1


def test_the_database_lets_one_have_each_part(request_, saule, dana):
    services.take(request=request_, helper=saule)
    with pytest.raises(IntegrityError, match="request_taken_by_one"), transaction.atomic():
        Claim.objects.create(request=request_, helper=dana, part=Part.MAIN)


def test_a_stale_page_takes_nothing_that_is_closed(as_person, saule, request_):
    end(request=request_)
    answer = as_person(saule).post(place(request_, "take/"), follow=True)
    assert said(answer) == ["info: This is closed already."]
    assert not Claim.objects.exists()


def test_a_psychologist_sees_it_once_all_are_called(as_person, saule, request_):
    client = as_person(saule)
    for rung, seen in ((Rung.DUTY, 404), (Rung.NEXT, 404), (Rung.ALL, 200), (Rung.NOBODY, 200)):
        called_up_to(request_, rung)
        assert client.get(place(request_)).status_code == seen
        assert names(client) == ([] if seen == 404 else ["Owner"])
        if seen == 404:
            assert client.post(place(request_, "take/")).status_code == 404


def test_whoever_is_on_duty_sees_every_one(as_person, saule, owner):
    now = timezone.now()
    saule.shifts.create(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    found = asks(owner, rung=Rung.DUTY)
    assert names(as_person(saule)) == ["Owner"]
    as_person(saule).post(place(found, "take/"))
    assert HelpRequest.objects.get().holder == saule


@pytest.mark.parametrize(("rung", "takes"), [(Rung.ALL, False), (Rung.ADMINS, True)])
def test_administrators_see_that_it_is_there_and_take_it_when_they_are_called(as_person, admin, request_, rung, takes):
    called_up_to(request_, rung)
    client = as_person(admin)
    assert names(client) == ["Owner"]
    seen = client.get(place(request_))
    assert "What happened" in text_of(page(seen).main)
    assert WORDS not in seen.content.decode()
    assert client.post(place(request_, "take/")).status_code == (302 if takes else 404)
    assert (HelpRequest.objects.get().holder == admin) == takes


def test_nobody_else_sees_it(request, as_person, request_):
    for who in ("owner", "other_user", "assigned_volunteer", "unrelated_volunteer", "curator"):
        client = as_person(request.getfixturevalue(who))
        assert client.get(QUEUE).status_code == 403
        pages = ("", "give-back/", "hand-over/", "second/", "note/", "called/", "close/")
        presses = (*pages, "take/", "join/", "leave/", "ask-no-more/", f"steps/{uuid.uuid4()}/")
        got = [client.get(place(request_, what)) for what in pages]
        got += [client.post(place(request_, what)) for what in presses]
        assert {answer.status_code for answer in got} == {404}


def test_nobody_takes_their_own(as_person, saule):
    found = asks(saule)
    assert names(as_person(saule)) == []
    assert as_person(saule).get(place(found)).status_code == 404
    assert as_person(saule).post(place(found, "take/")).status_code == 404


def test_who_is_no_psychologist_any_more_loses_it_and_it_waits_again(as_person, saule, dana, request_):
    services.take(request=request_, helper=saule)
    User.objects.filter(pk=saule.pk).update(role=Role.USER)
    assert as_person(User.objects.get(pk=saule.pk)).get(place(request_)).status_code == 404
    assert names(as_person(dana)) == ["Owner"]
    as_person(dana).post(place(request_, "take/"))
    assert HelpRequest.objects.get().holder == dana


def test_somebody_without_an_account_is_helped_too(as_person, saule):
    found = asks(None, code="x")
    client = as_person(saule)
    assert names(client) == ["Somebody without an account"]
    client.post(place(found, "take/"))
    assert client.get(place(found)).status_code == 200
    services.close(request=found, helper=saule, outcome=Outcome.CALMER, text="Жақсы")
    assert found.follow_ups.get().taken_by == saule


def test_the_list_costs_the_same_with_many_and_shows_a_hundred(as_person, saule, django_user_model):
    client, counts = as_person(saule), []
    client.get(QUEUE)  # the look is written down
    for number in (1, 119):
        people = [
            django_user_model(email=f"{number}-{i}@example.kz", shown_name=f"P{i}", password="!") for i in range(number)
        ]
        HelpRequest.objects.bulk_create(
            HelpRequest(user=person, level=2, origin="button", language="kk", rung=Rung.ALL)
            for person in django_user_model.objects.bulk_create(people)
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(QUEUE).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(names(client)) == 100
    assert "the first 100 are shown" in text_of(page(client.get(QUEUE)).main)


def test_the_first_screen_of_a_psychologist_leads_to_the_queue_with_the_number(as_person, saule, request_):
    asks(make_person("b"))
    shown = page(as_person(saule).get("/en/dashboard/")).select_one("[aria-labelledby=attention]")
    assert "2 people wait" in text_of(shown)
    assert shown.a["href"] == QUEUE
    assert as_person(saule).get("/en/follow-ups/").headers["Location"] == QUEUE


def test_given_back_it_waits_again_with_words_for_the_next_one(as_person, saule, dana, request_):
    services.take(request=request_, helper=saule)
    as_person(saule).post(place(request_, "give-back/"), {"next_words": "Інісі жанында"})
    assert HelpRequest.objects.get().state == State.OPEN
    assert "Інісі жанында" not in as_person(dana).get(place(request_)).content.decode()
    as_person(dana).post(place(request_, "take/"))
    assert "Інісі жанында" in text_of(page(as_person(dana).get(place(request_))).main)
    assert as_person(saule).get(place(request_, "note/")).status_code == 404
