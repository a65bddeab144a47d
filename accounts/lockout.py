"""How django-axes recognises an account and an address."""

from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest


def account_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return what was typed as the account, the same for every way of writing it."""
    credentials = credentials or {}
    name = credentials.get("email") or credentials.get("username") or request.POST.get("login", "")
    return str(name).strip().lower()[:254]


def client_address(request: HttpRequest) -> str | None:
    """Return the client's address, counted from the right of X-Forwarded-For by TRUSTED_PROXIES."""
    return get_client_ip(request)
