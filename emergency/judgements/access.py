"""Who sees a sentence about the risk check: its person, and administrators on the page of that one, without a name."""

import uuid

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.consents import access as consents
from accounts.models import User
from emergency.judgements.choices import Verdict
from emergency.models import Judgement


def may_send(user: User) -> bool:
    """Say whether the person is old enough to decide alone that somebody reads a sentence of theirs."""
    return consents.may_share(user)


def own(user: User) -> list[Judgement]:
    """Return what the person has sent, the newest first."""
    return list(Judgement.objects.filter(user=user).order_by("-sent_at", "-pk"))


def get_own(user: User, public_id: uuid.UUID) -> Judgement:
    """Return a sentence of the person's own (404 for others)."""
    return get_object_or_404(Judgement, user=user, public_id=public_id)


def to_learn_from() -> QuerySet[Judgement]:
    """Return what was reviewed and can be learned from, in an order that says nothing of people and times."""
    return Judgement.objects.filter(verdict=Verdict.LABEL).order_by("public_id")
