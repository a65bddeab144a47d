"""Who may see what of an account."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import Profile, User


def get_profile_for(user: User) -> Profile:
    """Return the person's own profile."""
    profile, _created = Profile.objects.get_or_create(user=user)
    return profile


def require_administrator(user: User | AnonymousUser) -> None:
    """Refuse whoever is not an administrator."""
    if not (user.is_active and user.is_staff):
        raise PermissionDenied
