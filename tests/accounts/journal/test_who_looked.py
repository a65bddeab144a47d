"""Who looked at my data: each look of somebody else is there in plain words, and nothing that was refused."""

import pytest
import time_machine
from bs4 import Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import events
from accounts.choices import EventKind, Role
from accounts.journal.choices import Looked, Why
from accounts.kin.choices import Right
from accounts.models import Assignment, JournalEntry, User
from tests.accounts.support import phrase
from tests.support.cast import make_person, make_support
from tests.support.html import page, text_of
from tests.support.journal import looks

pytestmark = pytest.mark.django_db
PAGE = "/en/profile/who-looked/"


def at(moment: str = "2026-11-23 10:00+05:00"):
    return time_machine.travel(moment, tick=False)


def seen(client, path: str = PAGE) -> Tag:
    return page(client.get(path)).main


def test_at_first_nobody_has_looked(as_person, owner):
    assert phrase("Nobody has looked at your data.", "en") in text_of(seen(as_person(owner)))


@at()
def test_looks_stand_by_day_and_person_with_what_how_often_and_why(as_person, owner, assigned_psychologist):
    for _ in range(3):
        as_person(assigned_psychologist).get(f"/kk/people/{owner.public_id}/")
    shown = seen(as_person(owner))
    assert text_of(shown.select_one("#looks ~ h3")) == "23 November 2026"
    (line,) = (text_of(entry) for entry in shown.select("section[aria-labelledby=looks] li"))
    assert line.startswith("Assigned-Psychologist , Psychologist")
    assert "3 times. Why: helps you." in line


@pytest.mark.parametrize(
    ("rights", "kinds"),
    [
        ([Right.SEE_MOODS], {Looked.MOODS}),
        ([Right.SEE_NOTES], {Looked.NOTES}),
        ([Right.SEE_MOODS, Right.SEE_NOTES], {Looked.MOODS, Looked.NOTES}),
    ],
)
def test_a_supporter_leaves_a_look_at_what_was_shown(as_person, owner, other_user, rights, kinds):
    support = make_support(owner, other_user, *rights)
    as_person(other_user).get(f"/kk/mood/of/{support.public_id}/")
    assert {kind for _name, kind, _why in looks(owner)} == kinds
    assert JournalEntry.objects.filter(actor_role="supporter", why=Why.SUPPORTER).count() == len(kinds)


def test_a_helper_who_answers_a_request_or_ends_it_leaves_a_look_and_the_owner_none(
    as_person, owner, assigned_psychologist, unrelated_volunteer
):
    asked = Assignment.objects.create(user=owner, helper=unrelated_volunteer, role=Role.VOLUNTEER)
    as_person(unrelated_volunteer).get(f"/kk/people/requests/{asked.public_id}/decline/")
    began = Assignment.objects.get(helper=assigned_psychologist)
    for person in (assigned_psychologist, owner):
        assert as_person(person).get(f"/kk/helping/{began.public_id}/end/").status_code == 200
    assert [(kind, why) for _name, kind, why in looks(owner)] == [
        (Looked.PROFILE, Why.ASKED),
        (Looked.PROFILE, Why.ASSIGNED),
    ]


def test_a_look_that_is_refused_is_not_written(as_person, owner, other_user, unrelated_psychologist):
    support = make_support(owner, other_user, Right.RECORD_MOOD)
    assert as_person(other_user).get(f"/kk/mood/of/{support.public_id}/").status_code == 404
    assert as_person(other_user).get(f"/kk/supporting/{support.public_id}/display/").status_code == 404
    assert as_person(unrelated_psychologist).get(f"/kk/people/{owner.public_id}/").status_code == 404
    assert looks(owner) == []


def test_what_somebody_looks_at_of_their_own_is_not_written(admin, as_person):
    as_person(admin).get(f"/admin/accounts/user/{admin.pk}/change/")
    assert looks(admin) == []


def test_whoever_is_gone_is_somebody_whose_account_was_deleted(as_person, owner, other_user):
    events.looked(actor=other_user, whose=owner, what=Looked.MOODS, why=Why.SHARED)
    other_user.delete()
    shown = text_of(seen(as_person(owner)))
    assert "Somebody whose account was deleted" in shown
    assert "Stranger" not in shown


def test_when_the_person_goes_the_journal_stays_and_loses_them(owner, admin):
    events.record(user=owner, kind=EventKind.SUSPENDED, actor=admin, reason="Шағым")
    key = owner.journal_key
    owner.delete()
    entry = JournalEntry.objects.get(subject=key)
    assert not hasattr(entry, "reason")
    assert not User.objects.filter(journal_key=key).exists()


def test_nobody_reads_the_journal_of_somebody_else(as_person, owner, other_user, admin):
    events.looked(actor=admin, whose=owner, what=Looked.ACCOUNT, why=Why.ADMINISTRATION)
    assert "Admin" not in text_of(seen(as_person(other_user)))


@at()
def test_what_was_done_says_who_and_when_and_never_the_reason(as_person, owner, admin):
    events.record(user=owner, kind=EventKind.SUSPENDED, actor=admin, reason="Шағым")
    events.record(user=owner, kind=EventKind.TRAINED)
    events.record(user=owner, kind=EventKind.GUARDIAN_CONSENTED)
    lines = [text_of(line) for line in seen(as_person(owner)).select("section[aria-labelledby=steps] li")]
    assert "Legal representative" in lines[0].split("10:00")[1]
    assert "You did it yourself" in lines[1]
    assert lines[2].startswith("Role suspended")
    assert "10:00. Admin , Administrator." in lines[2]
    assert "Шағым" not in " ".join(lines)


def test_each_month_is_a_page_and_ends_at_midnight_where_the_person_lives(as_person, owner, other_user):
    for moment in ("2026-10-31 23:59+05:00", "2026-11-01 00:00+05:00"):
        with at(moment):
            events.looked(actor=other_user, whose=owner, what=Looked.MOODS, why=Why.SHARED)
    with at():
        days = [[text_of(day) for day in seen(as_person(owner), f"{PAGE}?page={n}").select("h3")] for n in (1, 2)]
    assert days == [["1 November 2026"], ["31 October 2026"]]


@pytest.mark.parametrize("number", ["0", "x", "999", "-1"])
def test_a_page_that_is_not_there_is_another_one(as_person, owner, other_user, number):
    events.looked(actor=other_user, whose=owner, what=Looked.MOODS, why=Why.SHARED)
    assert as_person(owner).get(PAGE, {"page": number}).status_code == 200


def test_many_people_and_looks_cost_no_more_queries(as_person, owner):
    client = as_person(owner)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    def look(name: str) -> None:
        somebody = make_person(name)
        events.looked(actor=somebody, whose=owner, what=Looked.NOTES, why=Why.SHARED)
        events.record(user=owner, kind=EventKind.RENEWED, actor=somebody)

    look("first")
    client.get(PAGE)
    one = queries()
    for number in range(20):
        look(f"other-{number}")
    assert queries() == one
    assert JournalEntry.objects.filter(at__lte=timezone.now()).count() == 42


def test_writing_a_look_is_one_query(owner, other_user):
    with CaptureQueriesContext(connection) as captured:
        events.looked(actor=other_user, whose=owner, what=Looked.MOODS, why=Why.SHARED)
    assert len(captured) == 1
