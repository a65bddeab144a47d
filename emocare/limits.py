"""How often an account may ask for what costs much: the table is emocare/rates.py."""

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse

COSTLY = ("GET", "HEAD", "POST")


def too_many(request: HttpRequest, action: str) -> HttpResponse | None:
    """Count one use; return the page that asks to wait when there were too many, else nothing."""
    return ratelimit.consume_or_429(request, action=action, limit_get=True)


def limited(action: str, *methods: str) -> Callable:
    """Let a view do what it does only so often; without methods each request counts."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            refused = too_many(request, action) if request.method in (methods or COSTLY) else None
            return refused or view(request, *args, **kwargs)

        return counted

    return decorate
