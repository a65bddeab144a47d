"""What an asker and a helper write to each other: the one service for it, whatever carries it to the other side."""

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.helping.steps import Refused
from accounts.models import User
from emergency import heeding
from emergency.alarms import services as alarms
from emergency.choices import GOES_ON, Part
from emergency.models import FollowUp, HelpRequest, Message
from emocare.notices import tell

Thread = HelpRequest | FollowUp
OVER = _("This is closed already.")
NOT_YOURS = _("Nobody has taken it yet, so nobody would read these words. You can write as soon as somebody has.")


@transaction.atomic
def say(*, thread: Thread, author: User | None, by_person: bool, text: str, key: uuid.UUID) -> Message:
    """Write to the other side; the same form sent twice is one message. Raises Refused when nobody would read it."""
    held = _lock(_where(thread))
    helpers = helpers_of(held)
    if held.is_over and not helpers:
        raise Refused(OVER)
    if not helpers or not (by_person or author in helpers):
        raise Refused(NOT_YOURS)
    of = {"request": held} if isinstance(held, HelpRequest) else {"follow_up": held}
    known = {**of, "author": author, "by_person": by_person, "text": text}
    message, new = Message.objects.get_or_create(form_key=key, defaults=known)
    if not new and any(getattr(message, name) != value for name, value in known.items()):
        message, new = Message.objects.create(**known), True  # other words in the same form are lost to nobody
    if new:
        _pass_on(held, author, helpers, message)
    return message


def messages_of(thread: Thread) -> list[Message]:
    """Return what was written, the oldest first."""
    return list(_where(thread).messages.select_related("author").order_by("written_at", "pk"))


def helpers_of(thread: Thread) -> list[User]:
    """Return who reads and answers now: whoever has it and whoever joined, afterwards whoever has its follow-up."""
    if isinstance(thread, FollowUp):
        return [thread.holder] if thread.holder else []
    if thread.is_over:
        after = thread.follow_ups.filter(state__in=GOES_ON).select_related("taken_by").first()
        return [after.holder] if after and after.holder else []
    claims = thread.claims.filter(ended_at__isnull=True, part__in=(Part.MAIN, Part.SECOND)).select_related("helper")
    helpers = {claim.part: claim.helper for claim in claims if claim.helper and claim.helper.is_active}
    return list(helpers.values()) if Part.MAIN in helpers else []


# Parts of the steps above


def _where(thread: Thread) -> Thread:
    """Return where the words stand: those after a request go on in the request's own thread."""
    return thread.request if isinstance(thread, FollowUp) and thread.request_id else thread


def _lock(thread: Thread) -> Thread:
    # Who has it is read after the wait: the lock renews the row itself, and not those that it is joined with.
    return type(thread).objects.select_for_update(of=("self",)).select_related("user").get(pk=thread.pk)


def _pass_on(thread: Thread, author: User | None, helpers: list[User], message: Message) -> None:
    """Tell the other side that there are new words; at risk, let the request be more urgent."""
    if not message.by_person:
        alarms.answered(thread, author)
    if isinstance(thread, FollowUp):
        tell(helpers[0] if message.by_person else thread.user, "follow_up", "written", public_id=str(thread.public_id))
        return
    facts = {"public_id": str(thread.public_id)}
    for helper in helpers:
        if helper != author:
            tell(helper, "urgent_words", "written", **facts)
    if thread.user and not message.by_person:
        tell(thread.user, "help_request", "written", **facts)
    if message.by_person:
        alarms.raise_level(thread, heeding.read(message.text).level)
    alarms.changed(thread)
