"""Which phrases somebody has at hand in a conversation: the shipped ones of their side, and their own."""

import uuid

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import pgettext

from accounts.models import User
from chat.access import Seat, conversations_of
from chat.models import Conversation, OwnPhrase
from chat.phrases.shipped import FOR_HELPERS, FOR_PERSONS, Topic


def own_of(user: User) -> QuerySet[OwnPhrase]:
    """Return the phrases that somebody wrote, the oldest first."""
    return OwnPhrase.objects.filter(owner=user).order_by("created_at", "pk")


def get_own_for(user: User, public_id: uuid.UUID) -> OwnPhrase:
    """Return one of the person's own phrases; others' do not exist (404)."""
    return get_object_or_404(OwnPhrase, owner=user, public_id=public_id)


def conversation_named(user: User, given: str) -> Conversation | None:
    """Return the conversation from which somebody came to their phrases, by its id, where they have such a one."""
    try:
        return conversations_of(user).filter(public_id=uuid.UUID(given)).first()
    except ValueError:
        return None


def topics_for(seat: Seat) -> list[Topic]:
    """Return what this side can choose from, one's own first."""
    own = {phrase.public_id.hex: phrase.text for phrase in own_of(seat.person)}
    mine = [Topic(pgettext("phrases", "My own"), own)] if own else []
    return [*mine, *_shipped(seat)]


def phrase_of(seat: Seat, key: str) -> str:
    """Return the words of a phrase by its key; nothing where this side has no such phrase."""
    for topic in _shipped(seat):
        if key in topic.phrases:
            return str(topic.phrases[key])
    own = {phrase.public_id.hex: phrase for phrase in own_of(seat.person)}
    return own[key].text if key in own else ""


def _shipped(seat: Seat) -> tuple[Topic, ...]:
    return FOR_PERSONS if seat.by_owner else FOR_HELPERS
