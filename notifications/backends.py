"""How people sign in: as allauth says, and whoever is signed in is loaded with the number of their unread news."""

from typing import Any

from allauth.account import auth_backends

from accounts.models import User
from notifications.inbox import access


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """Load the person of a session together with what the header of each page shows."""

    def get_user(self, user_id: Any) -> User | None:
        try:
            user = access.with_unread(User.objects.all()).get(pk=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None
