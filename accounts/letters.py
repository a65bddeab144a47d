"""Letters about an account, in the language of whoever gets them."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

from allauth.core import context as allauth_context
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import User

# Headers for EMAIL_BACKEND alone, which stores letters: how soon one has to go, and after when it is of no use.
HASTE, EXPIRES = "X-Emocare-Haste", "X-Emocare-Expires"


def link(path: str) -> str:
    """Return the whole address of a path: on the host that was asked, else on SITE_URL."""
    request = allauth_context.request
    return request.build_absolute_uri(path) if request else settings.SITE_URL + path


def send(user: User, name: str, *, expires: datetime | None = None, **context: Any) -> None:
    """Write to a person who has an address, with the transaction that stores what it is about.

    `name` is that of the templates accounts/letters/NAME_subject.txt and NAME_message.txt; both know `user` and the
    context. A letter that `expires` goes before others.
    """
    if user.email:
        send_to(user.email, user.language, name, expires=expires, user=user, **context)


def send_to(address: str, language: str, name: str, *, expires: datetime | None = None, **context: Any) -> None:
    """Write to an address of somebody who may have no account."""
    user = context.get("user")
    headers = {EXPIRES: format_datetime(expires), HASTE: "urgent"} if expires else {}
    with translation.override(language), timezone.override(user and user.zone):
        write(address, f"accounts/letters/{name}", context, headers)


def write(address: str, templates: str, context: dict[str, Any], headers: dict[str, str]) -> None:
    """Write a letter in the language and time zone that are active; its two templates begin with `templates`."""
    subject, message = (render_to_string(f"{templates}_{part}.txt", context).strip() for part in ("subject", "message"))
    EmailMessage(" ".join(subject.split()), message, to=[address], headers=headers).send()
