"""How django-axes recognises an account and an address, and what opens signing in before its time is over."""

from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from axes.utils import reset as axes_reset
from django.http import HttpRequest

from accounts.models import User


def account_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return what was typed as the account, the same for every way of writing it."""
    credentials = credentials or {}
    name = credentials.get("email") or credentials.get("username") or request.POST.get("login", "")
    return str(name).strip().lower()[:254]


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address, counted from the right of X-Forwarded-For by TRUSTED_PROXIES."""
    return get_client_ip(request)


def lift(user: User) -> None:
    """Open signing in again for whoever has just proved in another way that the account is theirs."""
    for name in filter(None, (user.email, user.username)):
        axes_reset(username=name)
