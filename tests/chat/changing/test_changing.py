"""What happens to a message afterwards: marks, other words, no words, an answer in one press."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone

from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.helping.steps import Refused
from accounts.models import Assignment
from chat.changing import services
from chat.changing.access import DELETED, TOO_LATE
from chat.models import Conversation, Message, Reaction, Side
from chat.writing.services import CLOSED
from tests.accounts.support import at_once
from tests.support.cast import helper_of, make_person
from tests.support.talking import WORDS, heard, message, refused, seats_of, written

OTHER = "Бүгін жақсы ұйықтадым"


@pytest.fixture
def seats(owner, assigned_volunteer):
    return seats_of(owner, assigned_volunteer)


def marks_of(seat) -> tuple[int, int]:
    side = Side.objects.get(conversation=seat.conversation, person=seat.person)
    return side.delivered, side.read


def part(seat) -> None:
    assignment = Assignment.objects.get(user=seat.conversation.owner, helper=seat.conversation.helper)
    helping.end(assignment=assignment, actor=assignment.user, reason=EndReason.USER)


def block(seat) -> None:
    Conversation.objects.filter(pk=seat.conversation.pk).update(blocked_at=timezone.now(), blocked_by=seat.person)


def risky(seat, number) -> None:
    Message.objects.filter(conversation=seat.conversation, number=number).update(risk_level=2, risk_kind="suicide")


# Marks


def test_marks_go_forward_alone_and_never_past_the_newest_in_one_statement_each(
    seats, django_capture_on_commit_callbacks, django_assert_num_queries
):
    owner, helper = seats
    for _turn in range(3):
        written(owner)
    with heard(owner.conversation, django_capture_on_commit_callbacks) as said:
        for what, number, marks in (
            (services.got, 2, (2, 0)),
            (services.read, 1, (2, 1)),
            (services.got, 1, (2, 1)),
            (services.read, 0, (2, 1)),
            (services.read, -(10**30), (2, 1)),
            (services.read, 10**30, (3, 3)),
            (services.read, 3, (3, 3)),
        ):
            with django_assert_num_queries(3):  # with its savepoint
                what(helper, number)
            assert marks_of(helper) == marks
    assert [(one["type"], one["by_owner"], one["got"], one["read"]) for one in said] == [
        ("marks", False, 2, 0),
        ("marks", False, 2, 1),
        ("marks", False, 3, 3),
    ]
    assert marks_of(owner) == (0, 0)


# Other words


def test_an_edit_changes_the_words_for_both_is_marked_and_looked_at_again(seats, django_capture_on_commit_callbacks):
    owner, helper = seats
    number = written(owner)
    risky(owner, number)
    with heard(owner.conversation, django_capture_on_commit_callbacks) as said:
        for _time in range(2):  # the second is the same frame once more
            services.edit(owner, number, f"  {OTHER}\r\n\0")
    found = message(helper, number)
    assert (found.text, found.risk_level, found.risk_kind) == (OTHER, None, "")
    assert found.edited_at > found.written_at
    assert said == [{"type": "changed", "number": number}]
    for wrong in (" \n", "б" * 4001):
        with pytest.raises(Refused):
            services.edit(owner, number, wrong)
    assert message(owner, number).text == OTHER


def test_words_can_be_changed_for_five_minutes_and_a_replay_of_that_harms_nobody(seats):
    owner, _helper = seats
    with time_machine.travel("2026-11-23 12:00 +0500", tick=False) as clock:
        number = written(owner)
        clock.shift(timedelta(minutes=5))
        services.edit(owner, number, OTHER)
        clock.shift(timedelta(microseconds=1000))
        services.edit(owner, number, OTHER)
        with refused(TOO_LATE):
            services.edit(owner, number, WORDS)
    assert message(owner, number).text == OTHER


def test_nobody_changes_or_deletes_what_another_wrote_or_nobody_did(seats):
    owner, helper = seats
    number = written(owner)
    bots = written(helper)
    Message.objects.filter(number=bots).update(is_bot=True)
    for seat, wrong in ((helper, number), (helper, bots), (owner, 0), (owner, -1), (owner, 7), (owner, 10**30)):
        with pytest.raises(Http404):
            services.edit(seat, wrong, OTHER)
        with pytest.raises(Http404):
            services.delete(seat, wrong)
    assert [row.text for row in Message.objects.order_by("number")] == [WORDS, WORDS]


# No words


def test_a_deleted_message_has_neither_words_nor_reactions_and_keeps_its_number(
    seats, django_capture_on_commit_callbacks
):
    owner, helper = seats
    number = written(owner)
    services.react(helper, number, "support")
    with (
        time_machine.travel(timezone.now() + timedelta(days=400)),
        heard(owner.conversation, django_capture_on_commit_callbacks) as said,
    ):
        for _time in range(2):
            services.delete(owner, number)
    stored = Message.objects.filter(number=number).values_list("text", flat=True).get()
    assert (bytes(stored or b""), Reaction.objects.count()) == (b"", 0)
    assert message(owner, number).deleted_at
    assert said == [{"type": "changed", "number": number}]
    with refused(DELETED):
        services.edit(owner, number, OTHER)
    with refused(DELETED):
        services.react(helper, number, "thanks")
    assert written(owner) == number + 1


# An answer in one press


def test_one_has_one_reaction_to_a_message_of_the_other_side(seats, django_capture_on_commit_callbacks):
    owner, helper = seats
    number = written(owner)
    with heard(owner.conversation, django_capture_on_commit_callbacks) as said:
        for what, stored in (("support", ["support"]), ("support", ["support"]), ("thanks", ["thanks"])):
            services.react(helper, number, what)
            assert [row.what for row in Reaction.objects.filter(person=helper.person)] == stored
        for _time in range(2):
            services.react(helper, number, None)
    assert not Reaction.objects.exists()
    assert said == [{"type": "changed", "number": number}] * 3
    for seat, wrong in ((owner, "support"), (helper, "hate"), (helper, "")):
        with pytest.raises(Refused):
            services.react(seat, number, wrong)
    with pytest.raises(Http404):
        services.react(helper, 7, "support")


# Who sees it, and who can write


@pytest.mark.parametrize("how", [part, block])
def test_where_the_two_cannot_write_nothing_is_changed_and_ones_own_can_be_deleted(seats, how):
    owner, helper = seats
    theirs, own = written(helper), written(owner)
    how(owner)
    with refused(CLOSED):
        services.edit(owner, own, OTHER)
    with refused(CLOSED):
        services.react(owner, theirs, "thanks")
    services.delete(owner, own)
    assert message(owner, own).deleted_at


def test_an_old_seat_of_a_helper_opens_nothing_after_the_end(seats):
    owner, helper = seats
    theirs, own = written(helper), written(owner)
    part(owner)
    for act in (
        lambda: services.edit(helper, theirs, OTHER),
        lambda: services.delete(helper, theirs),
        lambda: services.react(helper, own, "support"),
    ):
        with pytest.raises(Http404):
            act()
    assert message(owner, theirs).text == WORDS


# At once


def ended(act) -> str:
    """Do it; say how it went."""
    try:
        act()
    except Refused:
        return "refused"
    return "done"


@pytest.mark.django_db(transaction=True)
def test_an_edit_a_deletion_a_reaction_and_new_words_at_once_leave_no_words_and_no_reaction():
    person = make_person("owner")
    owner, helper = seats_of(person, helper_of(person, "helper", "volunteer"))
    for turn in range(5):
        number = written(owner)
        outcomes = at_once(
            lambda number=number: ended(lambda: services.delete(owner, number)),
            lambda number=number: ended(lambda: services.edit(owner, number, OTHER)),
            lambda number=number: ended(lambda: services.react(helper, number, "support")),
            lambda: ended(lambda: written(helper)),
        )
        found = message(owner, number)
        assert (found.text, found.reactions.count(), bool(found.deleted_at)) == ("", 0, True), turn
        assert (outcomes[0], outcomes[3]) == ("done", "done")
    assert [row.number for row in Message.objects.order_by("number")] == list(range(1, 11))


@pytest.mark.django_db(transaction=True)
def test_marks_of_two_devices_and_reactions_of_two_tabs_at_once_agree():
    person = make_person("owner")
    owner, helper = seats_of(person, helper_of(person, "helper", "volunteer"))
    for _turn in range(4):
        written(owner)
    at_once(
        *(lambda number=number: services.read(helper, number) for number in (1, 4, 2)),
        *(lambda what=what: services.react(helper, 1, what) for what in ("support", "thanks", "support")),
    )
    assert marks_of(helper) == (4, 4)
    assert Reaction.objects.filter(message__number=1).count() == 1
