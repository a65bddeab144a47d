"""What a page of a conversation shows: a window of its messages by their numbers, and what of them is new."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from chat.access import Seat
from chat.attachments import showing
from chat.changing import services as marks
from chat.changing.access import may_edit
from chat.choices import Reacted, Wish
from chat.masking.access import is_hidden_from_other, shown_text
from chat.models import Message, Side
from chat.wishes.access import shared

SHOWN = 50  # messages on a page
QUOTED = 80  # characters of a message that another one answers
DIGITS = 9  # of a number in an address; more messages no conversation has
GONE = gettext_lazy("A helper who is no longer here")
WAYS = ("before", "after", "around")


@dataclass(frozen=True)
class Line:
    """A message as one side sees it."""

    message: Message
    mine: bool
    sender: str
    text: str  # masked where the two have not agreed
    carried: dict[str, Any] | None  # as chat.attachments.showing says
    hides: bool  # a part of one's own is masked for the other side
    can_edit: bool
    state: str  # of one's own: sent, delivered or read
    support: int
    thanks: int
    quoted: str  # the beginning of the message that this one answers
    reply_to_page: str  # in which window that message stands, where it is not in this one
    day: date | None  # begins with this message
    begins_unread: bool


@dataclass(frozen=True)
class Window:
    """What a page shows; `earlier` and `later` are the numbers from which the pages beside it go on."""

    lines: list[Line]
    earlier: int | None
    later: int | None
    last: int  # the number after which a browser asks for more
    unread_from: int | None  # the first message that is new stands on an earlier page, at this number
    side: Side | None  # of the one who looks, as it was before
    agreed: Set[Wish]  # what the two let each other see


@dataclass(frozen=True)
class Answered:
    """The message that what one writes now answers, and how it begins."""

    number: int
    words: str


def name_of(person: User | None) -> str:
    """Return how somebody in a conversation is called, also when the account is gone."""
    return str(person) if person else str(GONE)


def number_in(given: str) -> int | None:
    """Return the number that an address or a form names; None where it is none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= DIGITS else None


def place_in(asked: QueryDict) -> tuple[str, int] | None:
    """Return the window that an address asks for; what cannot be read asks for the newest."""
    named = ((way, number_in(asked.get(way, ""))) for way in WAYS)
    return next(((way, number) for way, number in named if number is not None), None)


def answered_in(seat: Seat, asked: QueryDict) -> Answered | None:
    """Return the message that an address wants to answer, if there is such a one."""
    number = number_in(asked.get("answer", ""))
    message = messages_of(seat).filter(number=number, deleted_at__isnull=True).first() if number else None
    return Answered(message.number, quoted(message, seat, shared(seat.conversation))) if message else None


def window(seat: Seat, place: tuple[str, int] | None = None, *, is_seen: bool = True) -> Window:
    """Return a part of a conversation, and mark it as come, and seen by the one who looks."""
    newest = seat.conversation.last_number
    found = _found(seat, place) or _found(seat, None)
    own, other = _sides(seat)
    agreed = shared(seat.conversation)
    if not found:
        return Window([], None, None, newest, None, own, agreed)
    first, last = found[0].number, found[-1].number
    _mark_seen(seat, own, first, last, is_seen=is_seen)
    earlier, later = first if first > 1 else None, last if last < newest else None
    lines = list(_lines(seat, found, own.read if own else newest, other, agreed))
    unread_from = own.read + 1 if own and own.read + 1 < first else None
    return Window(lines, earlier, later, newest if later else last, unread_from, own, agreed)


# Parts of the above


def messages_of(seat: Seat) -> QuerySet[Message]:
    return Message.objects.filter(conversation=seat.conversation).select_related("attachment")


def _found(seat: Seat, place: tuple[str, int] | None) -> list[Message]:
    messages = messages_of(seat).prefetch_related("reactions")
    way, number = place or ("before", seat.conversation.last_number + 1)
    if way == "before":
        return list(messages.filter(number__lt=number).order_by("-number")[:SHOWN])[::-1]
    messages = messages.order_by("number")
    if way == "after":
        return list(messages.filter(number__gt=number)[:SHOWN])
    begin = max(1, min(number - SHOWN // 2, seat.conversation.last_number - SHOWN + 1))
    return list(messages.filter(number__gte=begin, number__lt=begin + SHOWN))


def _sides(seat: Seat) -> tuple[Side | None, Side | None]:
    """Return the side of the one who looks and the other, which is gone with a helper's account."""
    sides = {side.person_id: side for side in Side.objects.filter(conversation=seat.conversation)}
    own = sides.pop(seat.person.pk, None)
    return own, next(iter(sides.values()), None)


def _mark_seen(seat: Seat, own: Side | None, first: int, last: int, *, is_seen: bool) -> None:
    """Move the marks of a side forward; what stands between the last read and this page is not read by it."""
    if own is None or last <= own.read:
        return
    mark = marks.read if is_seen and first <= own.read + 1 else marks.got
    mark(seat, last)


def _lines(seat: Seat, found: list[Message], read: int, other: Side | None, agreed: Set[Wish]) -> Iterable[Line]:
    their_name, me = name_of(seat.other), _("You")
    answered, here = _answered(seat, found), {message.number for message in found}
    day, is_after_divider = None, found[0].number > read + 1
    for message in found:
        mine = message.by_owner == seat.by_owner
        begins_unread = not is_after_divider and not mine and message.number > read
        is_after_divider |= begins_unread
        its_day = timezone.localdate(message.written_at)
        pressed = [reaction.what for reaction in message.reactions.all()]
        reply = message.reply_to
        yield Line(
            message,
            mine,
            me if mine else their_name,
            shown_text(message, seat, agreed),
            showing.shown(message, seat, agreed),
            is_hidden_from_other(message, seat, agreed) or showing.is_covered_for_other(message, seat, agreed),
            may_edit(seat, message),
            state_of(message, other) if mine else "",
            pressed.count(Reacted.SUPPORT),
            pressed.count(Reacted.THANKS),
            quoted(answered.get(reply), seat, agreed) if reply else "",
            f"?around={reply}" if reply and reply not in here else "",
            None if its_day == day else its_day,
            begins_unread,
        )
        day = its_day


def _answered(seat: Seat, found: list[Message]) -> dict[int, Message]:
    """Return the messages that others of the page answer; a second query finds those of other pages."""
    known = {message.number: message for message in found}
    wanted = {message.reply_to for message in found if message.reply_to} - known.keys()
    if wanted:
        known |= {message.number: message for message in messages_of(seat).filter(number__in=wanted)}
    return known


def state_of(message: Message, other: Side | None) -> str:
    """Say how far one's own message came."""
    if other and message.number <= other.read:
        return "read"
    return "delivered" if other and message.number <= other.delivered else "sent"


def quoted(message: Message | None, seat: Seat, agreed: Set[Wish]) -> str:
    """Return the beginning of a message that is answered."""
    if message is None or message.deleted_at:
        return _("This message was deleted")
    return Truncator(" ".join(showing.whole(message, seat, agreed).split())).chars(QUOTED)
