"""Asking again who it is, before what concerns the safety of an account."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core import context as allauth_context
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

# What django-allauth's own pages ask it for.
REASONS = {"account_email": _("You want to change your e-mail.")}


def required(
    why: str, *, allow_get: bool = False, enabled: Callable[[HttpRequest], bool] | bool = True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a view run only shortly after the password was typed again; the page that asks says `why`.

    `why` is a whole translatable sentence, as "You want new recovery codes." With `allow_get` only sending asks;
    `enabled` says of a request whether it has to be asked at all.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        asked = reauthentication_required(allow_get=allow_get, enabled=enabled)(view)
        asked.step_up_reason = why
        return asked

    return decorate


def reason() -> str:
    """Return why the page of the password was opened, by the page that waits behind it; empty when it is not known."""
    request = allauth_context.request
    waiting = (request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or "") if request else ""
    try:
        match = resolve(waiting.partition("?")[0])
    except Resolver404:
        return ""
    return getattr(match.func, "step_up_reason", "") or REASONS.get(match.url_name, "")
