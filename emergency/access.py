"""Who sees a follow-up: the person always; psychologists only what somebody asked people for, and helpers no other."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts import events
from accounts.choices import Role
from accounts.consents import access as consents
from accounts.helping import access as helping
from accounts.journal.choices import Looked, Why
from accounts.models import Assignment, User, consented, role_in_force
from emergency.choices import GOES_ON, Level, Source, State
from emergency.models import FollowUp, Message

MOST = 100  # in a list


@dataclass(frozen=True)
class Readers:
    """Who reads that a person asks for somebody: their own psychologists, or all of them; none where there are none."""

    own: list[User]
    others: bool

    def __bool__(self) -> bool:
        return bool(self.own) or self.others


def psychologists() -> QuerySet[User]:
    """Return everybody who is a psychologist here now."""
    return User.objects.filter(role_in_force(), role=Role.PSYCHOLOGIST, is_active=True)


def readers_for(user: User) -> Readers:
    """Return who would read it if this person asked now."""
    own = [assignment.helper for assignment in consents.psychologists_of(user)]
    return Readers(own, bool(own) or psychologists().exclude(pk=user.pk).exists())


# For the person


def going_on(user: User) -> list[FollowUp]:
    """Return the person's own follow-ups that are not closed, the most urgent first."""
    mine = FollowUp.objects.filter(user=user, state__in=GOES_ON).select_related("taken_by")
    return list(mine.order_by("-level", "due_at"))


def current(user: User, source: Source) -> FollowUp | None:
    """Return the person's own follow-up of this source that goes on, if there is one."""
    return next((follow_up for follow_up in going_on(user) if follow_up.source == source), None)


def get_own(user: User, public_id: uuid.UUID) -> FollowUp:
    """Return a follow-up of the person's own (404 for others)."""
    return get_object_or_404(FollowUp.objects.select_related("taken_by"), user=user, public_id=public_id)


def messages_of(follow_up: FollowUp) -> list[Message]:
    """Return what was written, the oldest first."""
    return list(follow_up.messages.select_related("author").order_by("written_at", "pk"))


# For psychologists


def require_psychologist(user: User) -> None:
    """Refuse whoever is no psychologist now."""
    if not user.is_psychologist:
        raise PermissionDenied


def shown_to(psychologist: User) -> QuerySet[FollowUp]:
    """Return those that this psychologist took, and those that wait for one: of own clients, or of people without one.

    What somebody took who is no psychologist any more waits again.
    """
    held = Exists(psychologists().filter(pk=OuterRef("taken_by")))
    return _asked_of(psychologist).filter(
        Q(taken_by=psychologist) | Q(state__in=GOES_ON) & (Q(state=State.OPEN) | ~Q(held))
    )


def _asked_of(psychologist: User) -> QuerySet[FollowUp]:
    """Return what people asked for who could mean this psychologist, whoever took it."""
    theirs = Assignment.objects.in_force().filter(user=OuterRef("user"), role=Role.PSYCHOLOGIST)
    for_all = ~Exists(theirs) | Exists(theirs.filter(helper=psychologist))
    # In danger help comes before a consent that is missing, such as the one that a legal representative took back.
    seen = consented("user") | Q(level__gte=Level.HIGH)
    asked = FollowUp.objects.filter(seen, to_helpers=True, user__is_active=True).exclude(user=psychologist)
    return asked.filter(Q(taken_by=psychologist) | Q(for_all)).select_related("user", "taken_by")


def waiting_for(psychologist: User) -> list[FollowUp]:
    """Return what goes on and is shown to this psychologist: the most urgent first, then the most overdue."""
    require_psychologist(psychologist)
    return list(shown_to(psychologist).filter(state__in=GOES_ON).order_by("-level", "due_at", "pk")[:MOST])


def count_for(psychologist: User) -> int:
    """Count what waits or goes on for a psychologist."""
    return shown_to(psychologist).filter(state__in=GOES_ON).count()


def note_list(psychologist: User) -> None:
    """Write down that the list was shown."""
    events.looked(actor=psychologist, whose=None, what=Looked.LIST, why=Why.ASKED)


def get_follow_up_for(user: User, public_id: uuid.UUID) -> FollowUp:
    """Return a follow-up of one's own, or one that is shown to this psychologist; else there is none (404)."""
    own = Q(user=user)
    if user.is_psychologist:
        own |= Q(pk__in=shown_to(user).values("pk"))
    return get_object_or_404(FollowUp.objects.select_related("user", "taken_by"), own, public_id=public_id)


def get_to_take(psychologist: User, public_id: uuid.UUID) -> FollowUp:
    """Return one that the psychologist could take, also when somebody was quicker; else there is none (404)."""
    asked = _asked_of(psychologist) if psychologist.is_psychologist else FollowUp.objects.none()
    return get_object_or_404(asked, public_id=public_id)


def get_taken_by(psychologist: User, public_id: uuid.UUID) -> FollowUp:
    """Return one that the psychologist took, closed or not; else there is none (404)."""
    mine = shown_to(psychologist) if psychologist.is_psychologist else FollowUp.objects.none()
    return get_object_or_404(mine, taken_by=psychologist, public_id=public_id)


def note_look(follow_up: FollowUp, reader: User) -> None:
    """Write down that a psychologist saw it."""
    why = Why.ASSIGNED if helping.helps(reader, follow_up.user) else Why.ASKED
    events.looked(actor=reader, whose=follow_up.user, what=Looked.FOLLOW_UP, why=why)
