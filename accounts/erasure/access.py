"""Who can be erased, and when."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User


def is_last_administrator(user: User) -> bool:
    """Say whether nobody with all rights would be left; those who leave as well do not count."""
    if not (user.is_superuser and user.is_active):
        return False
    others = User.objects.filter(is_superuser=True, is_active=True, erasure_due_at__isnull=True)
    return not others.exclude(pk=user.pk).exists()


def due() -> QuerySet[User]:
    """Return whoever asked for it and has had the time to change their mind, the longest waiting first."""
    return User.objects.filter(erasure_due_at__lte=timezone.now()).order_by("erasure_due_at", "pk")
