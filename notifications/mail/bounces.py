"""Letters that come back: reports of mail servers about what they could not deliver (RFC 3464)."""

import contextlib
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import HeaderParser

from django.db import transaction
from django.utils import timezone

from notifications.choices import Post
from notifications.mail import failing
from notifications.mail.addresses import digest
from notifications.mail.transport import ABOUT_ADDRESS, STATUS
from notifications.models import Letter

LONGEST = 1024 * 1024  # bytes of a report
MOST_PARTS = 50
OUR_ID = re.compile(r"<(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>\s]+>")


class NoReport(Exception):
    """What was read is no report about a letter of ours; its words say why, without addresses."""


@dataclass(frozen=True)
class Failure:
    """An address that a letter did not reach for good."""

    address: str
    about_address: bool


def read(raw: bytes) -> tuple[uuid.UUID, list[Failure]]:
    """Return which letter a report is about and whom it did not reach; nobody, when it is only late."""
    if len(raw) > LONGEST:
        raise NoReport("It is too long for a report.")
    try:
        parts = _parts(message_from_bytes(raw))
        if not any(part.get_content_type() == "message/delivery-status" for part in parts):
            raise NoReport("It is no delivery status notification.")
        return _letter_of(parts), [failure for part in parts for failure in _failures(part)]
    except (RecursionError, LookupError, TypeError, AttributeError, ValueError) as error:
        raise NoReport("It cannot be read as a mail.") from error


@transaction.atomic
def take(raw: bytes) -> bool:
    """Mark the letter that a report is about as returned; False when the report says nothing new.

    NoReport when it is about no letter of ours, or about somebody to whom that letter did not go.
    """
    public_id, failures = read(raw)
    letter = Letter.objects.select_for_update().filter(public_id=public_id).first()
    if letter is None:
        raise NoReport("It is about a letter that is not known here.")
    if not failures:
        return False
    mine = [failure for failure in failures if digest(failure.address) == bytes(letter.address)]
    if not mine:
        raise NoReport("It is about an address to which this letter did not go.")
    if letter.state not in {Post.SENT, Post.WAITING}:
        return False
    letter.state, letter.ended_at, letter.envelope, letter.content = Post.RETURNED, timezone.now(), "", ""
    letter.save(update_fields=["state", "ended_at", "envelope", "content"])
    if any(failure.about_address for failure in mine):
        failing.count(_as_typed(mine[0].address))
    return True


def _parts(report: Message) -> list[Message]:
    parts = []
    for part in report.walk():
        parts.append(part)
        if len(parts) > MOST_PARTS:
            raise NoReport("It has too many parts for a report.")
    return parts


def _letter_of(parts: list[Message]) -> uuid.UUID:
    """Return the id of the letter whose headers the report gives back."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            headers = HeaderParser().parsestr(part.get_payload(decode=True).decode(errors="replace"))
        elif part.get_content_type() == "message/rfc822":
            headers = part.get_payload(0)
        else:
            continue
        if found := OUR_ID.fullmatch(str(headers.get("Message-ID", "")).strip()):
            return uuid.UUID(found["id"])
    raise NoReport("It does not give back a letter of ours.")


def _failures(part: Message) -> Iterator[Failure]:
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return
    for block in part.get_payload():
        if str(block.get("Action", "")).strip().lower() != "failed":
            continue
        status = STATUS.search(str(block.get("Status", "")))
        about = status is None or status["subject"] in ABOUT_ADDRESS
        for name in ("Original-Recipient", "Final-Recipient"):
            address = str(block.get(name, "")).partition(";")[2].strip().strip("<>")
            if address:
                yield Failure(address, about)


def _as_typed(address: str) -> str:
    """Return an address as an account has it: in small letters, its domain in its own script."""
    name, _, domain = address.lower().rpartition("@")
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    return f"{name}@{domain}"
