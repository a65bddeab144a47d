"""Letters about an account, in the language of whoever gets them."""

import logging
from typing import Any
from zoneinfo import ZoneInfo

from allauth.core import context as allauth_context
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import User

logger = logging.getLogger(__name__)


def link(path: str) -> str:
    """Return the whole address of a path: on the host that was asked, else on SITE_URL."""
    request = allauth_context.request
    return request.build_absolute_uri(path) if request else settings.SITE_URL + path


def send(user: User, name: str, **context: Any) -> None:
    """Write to a person who has an address, once what it is about is stored.

    `name` is that of the templates accounts/letters/NAME_subject.txt and NAME_message.txt; both know `user` and the
    context. A mail server that does not take the letter is logged: what the letter is about has happened all the same.
    """
    if user.email:
        send_to(user.email, user.language, name, user=user, **context)


def send_to(address: str, language: str, name: str, **context: Any) -> None:
    """Write to an address of somebody who may have no account."""
    transaction.on_commit(lambda: _deliver(address, language, name, context))


def _deliver(address: str, language: str, name: str, context: dict[str, Any]) -> None:
    user = context.get("user")
    with translation.override(language), timezone.override(user and ZoneInfo(user.time_zone)):
        subject, message = (
            render_to_string(f"accounts/letters/{name}_{part}.txt", context).strip() for part in ("subject", "message")
        )
    try:
        EmailMessage(" ".join(subject.split()), message, to=[address]).send()
    except OSError as error:  # smtplib's errors too
        logger.error("A letter was not sent: %s", type(error).__name__)
