"""Many at the same moment: twenty who take one request, and one who presses ten times, and a timer beside them."""

import uuid
from collections import Counter
from collections.abc import Callable
from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from emergency.alarms.services import climb_due
from emergency.choices import Happened, Origin, Part, Rung
from emergency.models import Claim, HelpRequest, Step
from emergency.requests.services import lock, open_request
from emergency.risk.levels import Level
from tests.accounts.support import at_once, phrase
from tests.support.cast import make_person
from tests.support.html import said
from tests.support.pressing import ASK, QUEUE, on_duty, psychologists
from tests.support.waiting import until

TWENTY = 20
THANKS = "%(name)s has taken it meanwhile. Thank you for being there."


def asked_for(person=None) -> HelpRequest:
    return open_request(user=person, level=Level.IMMINENT, origin=Origin.BUTTON, language="kk", code=uuid.uuid4().hex)


def pressing(browser: Client, path: str, **form: object) -> Callable[[], HttpResponse]:
    """Return a press in a window of its own of this browser."""
    window = Client()
    window.cookies = browser.cookies.copy()
    return lambda: window.post(path, form, follow=True)


def somebody_waits() -> bool:
    """Say whether somebody waits for a row that another one holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction it would say what it said first
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_take_a_request_at_the_same_moment_one_has_it_and_the_others_are_thanked(as_person):
    people = psychologists("duty", TWENTY)
    on_duty(*people)
    request = asked_for()
    take = f"{QUEUE}{request.public_id}/take/"
    answers = at_once(*[pressing(as_person(person), take) for person in people])
    holder = request.claims.get().helper
    told = Counter(line for answer in answers for line in said(answer))
    assert told.pop(f"info: {phrase(THANKS) % {'name': holder}}") == TWENTY - 1
    assert list(told.values()) == [1]
    assert [answer.status_code for answer in answers] == [200] * TWENTY
    assert Step.objects.filter(request=request, what=Happened.TAKEN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_presses_of_one_form_at_once_are_one_request(as_person):
    person = make_person("asker")
    for browser in (as_person(person), as_person(None)):
        answers = at_once(*[pressing(browser, ASK, form_key=uuid.UUID(int=1))] * 10)
        assert len({answer.redirect_chain[0][0] for answer in answers}) == 1
        assert {answer.status_code for answer in answers} == {200}
        HelpRequest.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_timer_that_comes_due_while_somebody_holds_the_request_waits_for_them_and_climbs():
    on_duty(*psychologists("duty", 1))
    psychologists("other", 1)
    request, is_held = asked_for(), Event()
    HelpRequest.objects.update(climbs_at=timezone.now())

    def hold() -> None:
        with transaction.atomic():
            lock(request)
            is_held.set()
            until(somebody_waits)

    at_once(hold, lambda: is_held.wait(10) and climb_due(request=request.pk))
    assert HelpRequest.objects.get().rung == Rung.ALL


def test_the_database_itself_lets_one_at_a_time_have_a_request(db):
    request, (first, second) = asked_for(), psychologists("duty", 2)
    claim = Claim.objects.create(request=request, helper=first)
    with pytest.raises(IntegrityError, match="request_taken_by_one"), transaction.atomic():
        Claim.objects.create(request=request, helper=second)
    Claim.objects.create(request=request, helper=second, part=Part.SECOND)
    claim.ended_at = timezone.now()
    claim.save(update_fields=["ended_at"])
    Claim.objects.create(request=request, helper=second)
