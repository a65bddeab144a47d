"""A look that goes on is one look: open pages of the workspace fetch themselves anew whenever something happens."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

SEEN = "urgent_looks"  # in the session: of what this sign-in wrote a look down, and when (seconds)
LASTS = timedelta(minutes=15)


def note_once(request: HttpRequest, what: str, note: Callable[[], None]) -> None:
    """Write a look down, unless this sign-in wrote one at the same within a quarter of an hour."""
    now = timezone.now().timestamp()
    seen = {key: at for key, at in request.session.get(SEEN, {}).items() if now - at < LASTS.total_seconds()}
    if what not in seen:
        note()
        request.session[SEEN] = seen | {what: now}
