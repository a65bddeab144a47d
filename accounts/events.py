"""The one way to write down what happened to an account."""

from accounts.choices import EventKind
from accounts.models import AccountEvent, User


def record(*, user: User, kind: EventKind, actor: User | None = None, reason: str = "") -> AccountEvent:
    """Write down what happened to a person's account; `actor` is who did it, the person themselves when left out."""
    return AccountEvent.objects.create(user=user, actor=actor or user, kind=kind, reason=reason)
