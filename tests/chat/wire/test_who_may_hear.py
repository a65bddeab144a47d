"""Sockets are for the two, and end with what made them the two."""

import uuid
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.utils import timezone

from accounts import administration
from accounts.choices import Role
from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.models import Assignment, User
from accounts.signin.services import sign_out_everywhere
from chat import live
from chat.access import Seat, conversations_of, may_write
from chat.models import Conversation, Message
from chat.wire.lines import CLOSED, NOT_HERE, SIGNED_OUT
from chat.wire.seats import still_sitting
from chat.writing import statements
from chat.writing.services import row
from tests.chat.wire.conftest import Page
from tests.support.sockets import play


@pytest.mark.django_db(transaction=True)
def test_strangers_find_nothing_there(
    as_person, owner, unrelated_volunteer, unrelated_psychologist, other_user, curator, admin, conversation
):
    async def scene():
        found = {}
        for name, person in {
            "nobody": None,
            "stranger": other_user,
            "volunteer": unrelated_volunteer,
            "psychologist": unrelated_psychologist,
            "curator": curator,
            "admin": admin,
        }.items():
            page = Page(await sync_to_async(as_person)(person), conversation)
            assert not await page.connect()
            found[name] = page.code
        others = dict.fromkeys(("stranger", "volunteer", "psychologist", "curator", "admin"), NOT_HERE)
        assert found == {"nobody": SIGNED_OUT} | others

    play(scene)


def end(assignment: Assignment) -> None:
    helping.end(assignment=assignment, actor=assignment.user, reason=EndReason.USER)


def block(assignment: Assignment) -> None:
    conversation = Conversation.objects.get()
    conversation.blocked_at, conversation.blocked_by = timezone.now(), assignment.user
    conversation.save(update_fields=["blocked_at", "blocked_by"])
    live.over(conversation, "blocked")


def take_the_role_away(assignment: Assignment) -> None:
    helping.end_all(helper=assignment.helper, actor=assignment.user, reason="")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("what", "why"), [(end, "ended"), (block, "blocked"), (take_the_role_away, "ended")])
def test_open_sockets_of_both_end_at_once(owner, assigned_volunteer, assignment, open_page, what, why):
    async def scene():
        pages = [await open_page(person) for person in (owner, assigned_volunteer)]
        await sync_to_async(what)(assignment)
        for page in pages:
            assert await page.over() == (why, CLOSED)
        again = await open_page(owner)  # who keeps what was written
        assert again.greeting["can_write"] is False
        await again.send("Ести ме?")
        assert (await again.told())["code"] == "closed"
        await again.leave()

    play(scene)
    assert not Message.objects.exists()


def suspend(person: User) -> None:
    person.is_active = False
    person.save(update_fields=["is_active"])
    administration.rights_were_changed(user=person, actor=person)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", [lambda person: sign_out_everywhere(user=person), suspend])
def test_a_sign_out_and_a_suspension_end_the_sockets_of_that_person(owner, assigned_volunteer, open_page, what):
    async def scene():
        page, theirs = await open_page(owner), await open_page(assigned_volunteer)
        await sync_to_async(what)(assigned_volunteer)
        assert await theirs.over() == ("signed_out", SIGNED_OUT)
        await page.ask("typing", on=True)
        await page.ask("nothing")
        assert (await page.told())["code"] == "unknown"
        await page.leave()

    play(scene)


@pytest.mark.django_db(transaction=True)
def test_what_nobody_announces_is_found_by_a_look(owner, assigned_volunteer, assignment, open_page, monkeypatch):
    monkeypatch.setattr("chat.wire.looking.LASTS", 0.0)

    async def scene():
        theirs = await open_page(assigned_volunteer)
        await sync_to_async(User.objects.filter(pk=assigned_volunteer.pk).update)(role=Role.USER)
        assert await theirs.over() == ("ended", NOT_HERE)

    play(scene)


yesterday = timezone.localdate() - timedelta(days=1)
CASES = {
    "together": lambda a: None,
    "ended": end,
    "blocked": block,
    "the helper's account is closed": lambda a: User.objects.filter(pk=a.helper_id).update(is_active=False),
    "the person's account is closed": lambda a: User.objects.filter(pk=a.user_id).update(is_active=False),
    "the helper has another role": lambda a: User.objects.filter(pk=a.helper_id).update(role=Role.PSYCHOLOGIST),
    "the helper's time is over": lambda a: User.objects.filter(pk=a.helper_id).update(role_until=yesterday),
    "the person agreed to nothing": lambda a: User.objects.filter(pk=a.user_id).update(agreed_version=""),
    "the person is a child": lambda a: User.objects.filter(pk=a.user_id).update(
        sixteen_from=timezone.localdate() + timedelta(days=800)
    ),
    "the helper is gone": lambda a: a.helper.delete(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES)
def test_the_statement_lets_write_where_access_says_so(owner, assigned_volunteer, assignment, conversation, case):
    helper_pk = assigned_volunteer.pk
    rows = [row(Seat(conversation, who, can_write=True), "Сөз", uuid.uuid4()) for who in (owner, assigned_volunteer)]
    CASES[case](assignment)
    if case == "the helper is gone":
        rows.pop()
    expected = may_write(conversation)
    assert expected is (case == "together")
    with connection.cursor() as cursor:
        cursor.execute(*statements.write(rows, timezone.now()))
        written = statements.written(cursor.fetchall())
    assert [found.number is not None for found in written] == [expected] * len(rows)
    helper_reads = User(pk=helper_pk) and conversations_of(User(pk=helper_pk)).exists()
    sitting = still_sitting([(conversation.pk, owner.pk), (conversation.pk, helper_pk)])
    assert ((conversation.pk, helper_pk) in sitting) is helper_reads
