"""The words of the bell: how many news are unread, also for a script that learns of another number."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.inbox import access

NUMBER = "{n}"  # where a script puts the number
# A number of each of the plural forms that a browser distinguishes (CLDR).
FORMS = {"one": 1, "few": 2, "many": 5, "other": 5}


def words(number: int) -> str:
    """Say how many news are unread, as a screen reader reads it."""
    return {0: _("Notifications"), access.MOST: _over()}.get(number) or _form(number, str(number))


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what components/bell.html shows to the person of a request."""
    number = access.unread_of(request.user)
    return {
        "number": number,
        "shown": str(number) if number < access.MOST else f"{access.MOST - 1}+",
        "words": words(number),
        "over": _over(),
        "forms": [(name, _form(example, NUMBER)) for name, example in FORMS.items()],
        "here": request.resolver_match is not None and request.resolver_match.url_name == "notifications",
    }


def _over() -> str:
    return _("Notifications, more than 99 not read")


def _form(number: int, shown: str) -> str:
    said = ngettext("Notifications, %(count)s not read", "Notifications, %(count)s not read", number)
    return said % {"count": shown}
