"""Who is in a conversation: the person always, the helper while the two are together; to others there is none."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import Assignment, User
from chat.models import Conversation


@dataclass(frozen=True)
class Seat:
    """Where somebody sits in a conversation. `can_write` as it was when it was read: writing looks again."""

    conversation: Conversation
    person: User
    can_write: bool

    @property
    def by_owner(self) -> bool:
        return self.person.pk == self.conversation.owner_id

    @property
    def other(self) -> User | None:
        """Return who is on the other side; nobody when the helper's account is gone."""
        return self.conversation.helper if self.by_owner else self.conversation.owner


def conversations_of(user: User) -> QuerySet[Conversation]:
    """Return the conversations that somebody may read, the newest words first."""
    helping = Conversation.objects.in_force().filter(helper=user)
    mine = Conversation.objects.filter(Q(owner=user) | Q(pk__in=helping.values("pk")))
    return mine.select_related("owner", "helper").order_by("-written_at", "-started_at")


def get_seat_for(user: User, public_id: uuid.UUID) -> Seat:
    """Return where somebody sits in the conversation with this id; to others it does not exist (404)."""
    conversation = get_object_or_404(conversations_of(user), public_id=public_id)
    return Seat(conversation, user, can_write=may_write(conversation))


def may_write(conversation: Conversation) -> bool:
    """Say whether anybody can write there now: the two are together, and neither has blocked the other."""
    return Conversation.objects.in_force().filter(pk=conversation.pk, blocked_at__isnull=True).exists()


def get_assignment_for(user: User, public_id: uuid.UUID) -> Assignment:
    """Return an assignment in force of which somebody is one of the two (404 for others)."""
    mine = Assignment.objects.in_force().filter(Q(user=user) | Q(helper=user)).select_related("user", "helper")
    found = mine.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
