"""The letters themselves: how each is written down, and those about news."""

import uuid
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone, translation

from accounts.letters import EXPIRES, HASTE, link, write
from accounts.models import User
from emocare.notices import Kind
from notifications.mail import failing, html
from notifications.models import WayOut

OURS = (EXPIRES, HASTE)
ONE_CLICK = "List-Unsubscribe=One-Click"


def sender(message: EmailMessage) -> str:
    """Return the bare address that a letter comes from."""
    return parseaddr(message.from_email)[1]


def written(message: EmailMessage, to: str, public_id: uuid.UUID) -> str:
    """Return a letter to one address as RFC 5322 writes it, plain and as HTML, in the language that is active."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    subject = " ".join(str(message.subject).split())
    headers = {name: value for name, value in message.extra_headers.items() if name not in OURS}
    headers |= {
        "Message-ID": f"<{public_id}@{sender(message).rpartition('@')[2]}>",
        "Content-Language": language,
        "Auto-Submitted": "auto-generated",
    }
    whole = EmailMultiAlternatives(
        subject, message.body, message.from_email, [to], headers=headers, reply_to=message.reply_to
    )
    whole.alternatives = list(getattr(message, "alternatives", []))
    whole.attachments, whole.content_subtype = list(message.attachments), message.content_subtype
    if not whole.alternatives and whole.content_subtype == "plain":
        whole.attach_alternative(html.page(subject, str(message.body), language), "text/html")
    return whole.message().as_bytes(linesep="\r\n").decode()


def news(user: User, kind: Kind) -> None:
    """Write to a person that there is news of a kind, and not what it is."""
    with translation.override(user.language):
        outside = str(kind.outside)
    sentence = outside if outside.endswith((".", "!", "?")) else f"{outside}."
    _write(user, "news", kind, outside=outside, sentence=sentence)


def digest(user: User, count: int) -> None:
    """Write to a person how many news wait for them today."""
    if reachable(user):
        _write(user, "daily", None, count=count)


def reachable(user: User, *, safety: bool = False) -> bool:
    """Say whether news may be written to a person: the account is in use, and its address works.

    News about danger go to an address that seems not to work, too.
    """
    if not user.email or not user.is_active or user.erasure_due_at:
        return False
    return safety or not failing.is_failing(user)


def _write(user: User, name: str, kind: Kind | None, **context: Any) -> None:
    safety = kind is not None and kind.safety
    with translation.override(user.language), timezone.override(user.zone):
        way_out = "" if safety else _way_out(user, kind)
        context |= {
            "inbox": link(reverse("notifications")),
            "preferences": link(reverse("notification_preferences")),
            "stop": way_out,
        }
        headers = {HASTE: "urgent" if safety else "non-urgent"}
        if way_out:
            headers |= {"List-Unsubscribe": f"<{way_out}>", "List-Unsubscribe-Post": ONE_CLICK}
        write(user.email, f"notifications/letters/{name}", context, headers)


def _way_out(user: User, kind: Kind | None) -> str:
    way_out, _made = WayOut.objects.get_or_create(user=user, kind=kind.key if kind else "")
    return link(reverse("stop_letters", args=[way_out.token]))
