"""What django-axes does with failed sign-ins: it keeps the record; accounts.signin.lockout says when it is too many."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from accounts.signin import lockout, proof


class Handler(AxesDatabaseHandler):
    """Close signing in by the growing times of accounts.signin.lockout instead of one that is the same for all."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the limit where signing in is closed; axes compares this with the limit."""
        account = lockout.account_name(request, credentials)
        request.closed_until = lockout.closed_until(request, account, lockout.kind_of(request))
        return settings.AXES_FAILURE_LIMIT if request.closed_until else 0

    def user_login_failed(self, sender: Any, credentials: dict, request: HttpRequest | None = None, **kw: Any) -> None:
        if request is not None and not request.axes_locked_out:
            account = lockout.account_name(request, credentials)
            kind = lockout.kind_of(request)
            lockout.fail(request, account, kind)
            if not kind:
                proof.failed(request, account)
        super().user_login_failed(sender, credentials, request, **kw)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().user_logged_in(sender, request, user, **kwargs)
        for name in lockout.names(user):
            lockout.forget(request, name)
            proof.succeeded(name)
