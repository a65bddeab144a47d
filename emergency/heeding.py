"""What follows when the risk check finds something in what a person has written: help is offered, nobody is told.

All that is remembered stands in the person's own session, and for an hour at most: level and kind, and where the words
are stored, never the words themselves.
"""

import logging
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, Model
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language

from accounts.models import User
from emergency.choices import Origin
from emergency.risk import assess
from emergency.risk.levels import Assessment, Kind, Level
from emocare.fields import EncryptedTextField

logger = logging.getLogger(__name__)
KEY = "heeded"  # in the session
SHOWN_FOR = timedelta(hours=1)
LONGEST_SENTENCE = 500  # characters
ORIGINS = {"chat.message": Origin.CHAT}  # by the table of the words
SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
# Of somebody for whom another writes: whoever writes is not the one in danger.
OWN_KINDS = {Kind.NONE, Kind.SUICIDE, Kind.SELF_HARM, Kind.ABUSE, Kind.THREAT}


@dataclass(frozen=True)
class Noticed:
    """What was found in the person's words; `is_new` until a page has shown it."""

    level: Level
    kind: Kind
    is_new: bool


def heed(request: HttpRequest, texts: Sequence[str], *, about: Model | None = None, for_another: bool = False) -> None:
    """Read the texts; at risk, let the pages that the person sees next offer help. What fails here loses nothing."""
    texts = [text for text in texts if text.strip()]
    if not texts or not request.user.is_authenticated:
        return
    found = [read(text) for text in texts]
    worst, text = max(zip(found, texts, strict=True), key=lambda pair: pair[0].level)
    shown = noticed(request)
    if worst.level < Level.WATCH or (shown and shown.level > worst.level):
        return
    kind = Kind.SOMEONE_ELSE if for_another and worst.kind in OWN_KINDS else worst.kind
    request.session[KEY] = {
        "level": int(worst.level),
        "kind": kind.value,
        "at": int(time.time()),
        "new": True,
        "about": [about._meta.label_lower, str(about.public_id)] if about else None,
        "mark": _mark(text),
    }


def noticed(request: HttpRequest) -> Noticed | None:
    """Return what is to be offered on the pages of this person, until they close it or the hour is over."""
    held = request.session.get(KEY)
    if held and time.time() - held["at"] > SHOWN_FOR.total_seconds():
        close(request)
        return None
    return Noticed(Level(held["level"]), Kind(held["kind"]), held["new"]) if held else None


def origin_of(request: HttpRequest) -> Origin:
    """Return where the words were written that a request would come from."""
    label = (request.session.get(KEY, {}).get("about") or [""])[0]
    return ORIGINS.get(label, Origin.JOURNAL)


def note_shown(request: HttpRequest) -> None:
    """Remember that a page has shown it, so that it takes the focus once."""
    if request.session.get(KEY, {}).get("new"):
        request.session[KEY] |= {"new": False}


def close(request: HttpRequest) -> None:
    """Show it no more, and forget it."""
    request.session.pop(KEY, None)


def sentence_of(request: HttpRequest) -> str | None:
    """Return the sentence at risk as the person wrote it, read anew where it is stored; None when it is not there now.

    The words stand in the session only as a mark that the server's secret makes, so a text that was changed since, by
    whomever, is not the one that was found.
    """
    held = noticed(request) and request.session[KEY]
    if not held or not held["about"]:
        return None
    for text in _texts_of(request.user, *held["about"]):
        if constant_time_compare(_mark(text), held["mark"]):
            return _sentence(text)
    return None


def read(text: str) -> Assessment:
    """Return what the check says with the operator's caution; one that fails knows nothing, and loses nothing."""
    try:
        return assess(text, language=get_language(), caution=settings.RISK_CAUTION)
    except Exception as error:  # noqa: BLE001 -- the text is stored; whoever wrote it sees that, and not an error
        logger.error("The risk check failed: %s", type(error).__name__)
        return Assessment(confidence=0.0)


def _mark(text: str) -> str:
    return salted_hmac("emergency.heeding", text, algorithm="sha256").hexdigest()


def _texts_of(user: User, label: str, public_id: str) -> Iterator[str]:
    """Give what is written in a row that leads to this person; nothing when there is no such row."""
    model = apps.get_model(label)
    row = model._default_manager.filter(public_id=uuid.UUID(public_id)).first()
    fields = model._meta.get_fields()
    people = [field.attname for field in fields if isinstance(field, ForeignKey) and field.related_model is User]
    if row and user.pk in {getattr(row, name) for name in people}:
        yield from (getattr(row, field.attname) for field in fields if isinstance(field, EncryptedTextField))


def _sentence(text: str) -> str:
    """Return the sentence of a text that says the gravest, cut where it is long."""
    whole = read(text)
    parts = [part for part in SENTENCE.finditer(text) if part[0].strip() and _holds(part, whole)] or [text]
    parts = [part if isinstance(part, str) else part[0] for part in parts[:20]]
    gravest = max(parts, key=lambda part: read(part).level)
    return gravest.strip()[:LONGEST_SENTENCE]


def _holds(part: re.Match[str], found: Assessment) -> bool:
    """Say whether a sentence has a sign that was found; where the whole text is the sign, every sentence has."""
    return not found.spans or any(span.start < part.end() and part.start() < span.end for span in found.spans)
