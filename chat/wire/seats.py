"""What the sockets ask the database now and then; synchronous, for threads. Many sockets are one question."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.http import Http404

from accounts.models import User
from accounts.signin import sockets
from chat.access import Seat, get_seat_for
from chat.choices import Wish
from chat.frames import of_message
from chat.masking.access import hides
from chat.models import Conversation, Message
from chat.models import Side as SideRow
from chat.wire.lines import NOT_HERE, SIGNED_OUT
from chat.wire.rooms import Facts, Said, Side
from chat.wishes.access import shared

PAGE = 200  # messages that are read at once


def take(user: User, sign_in: str, public_id: UUID) -> tuple[Seat, Facts] | int:
    """Return where somebody sits and how it stands there; the code to close with when they may not."""
    if not sockets.may_hear(sign_in):
        return SIGNED_OUT
    try:
        seat = get_seat_for(user, public_id)
    except Http404:
        return NOT_HERE
    return seat, facts_of([seat.conversation.pk])[seat.conversation.pk]


def facts_of(keys: Collection[int]) -> dict[int, Facts]:
    """Return how it stands in some conversations, by their keys."""
    with_rights = Conversation.objects.in_force().filter(pk__in=keys, blocked_at__isnull=True)
    writable = set(with_rights.values_list("pk", flat=True))
    rows = list(Conversation.objects.filter(pk__in=keys).select_related("helper"))
    owners = {row.pk: row.owner_id for row in rows}
    sides: dict[int, list[Side]] = {key: [Side(), Side()] for key in owners}
    for row in SideRow.objects.filter(conversation__in=keys):
        wishes = frozenset(wish for wish in Wish if getattr(row, wish.value))
        side = row.person_id == owners[row.conversation_id]
        sides[row.conversation_id][side] = Side(row.delivered, row.read, wishes)
    return {
        row.pk: Facts(row.last_number, row.pk in writable, tuple(sides[row.pk]), masks=hides(row, frozenset()))
        for row in rows
    }


def still_sitting(seats: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Return which of these pairs of conversation and person may still read there, as chat.access says.

    With each stands the newest number of the conversation.
    """
    seats = set(seats)
    keys = {conversation for conversation, _person in seats}
    owners = Conversation.objects.filter(pk__in=keys, owner__is_active=True)
    helpers = Conversation.objects.in_force().filter(pk__in=keys)
    found = [
        *owners.values_list("pk", "owner_id", "last_number"),
        *helpers.values_list("pk", "helper_id", "last_number"),
    ]
    return {(key, person): newest for key, person, newest in found if (key, person) in seats}


def still_signed_in(sign_ins: Iterable[str]) -> set[str]:
    """Return which of these sign-ins may still hear something."""
    return sockets.still_hear(sign_ins)


def page(seat: Seat, number: int) -> dict[str, Any] | None:
    """Return what came after a number, as the frame `messages`; nothing when the person may not read there any more."""
    try:
        seat = get_seat_for(seat.person, seat.conversation.public_id)
    except Http404:
        return None
    rows = list(_after(seat.conversation.pk, number)[: PAGE + 1])
    masks = hides(seat.conversation, shared(seat.conversation))
    shown = [of_message(row, by_owner=seat.by_owner, hides=masks) for row in rows[:PAGE]]
    return {"type": "messages", "messages": shown, "more": len(rows) > PAGE}


def missing(key: int, number: int) -> list[Said]:
    """Return the messages after a number, for a process that did not hear of them."""
    return [_said(row) for row in _after(key, number)[:PAGE]]


def one(key: int, number: int) -> Said | None:
    """Return one message as it is now."""
    rows = _after(key, number - 1).filter(number=number)
    return next((_said(row) for row in rows), None)


def _after(key: int, number: int) -> Any:
    found = Message.objects.filter(conversation=key, number__gt=number)
    return found.order_by("number").select_related("attachment").prefetch_related("reactions")


def _said(row: Message) -> Said:
    sides = [of_message(row, by_owner=side, hides=False) for side in (row.by_owner, not row.by_owner)]
    return Said(row.number, row.by_owner, frames=tuple(sides))
