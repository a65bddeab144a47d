"""The write path for sentences about the risk check: sent with consent, taken back, reviewed, taken out to train."""

import json
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import events
from accounts.choices import EventKind
from accounts.helping.steps import Refused
from accounts.models import User
from emergency import heeding
from emergency.judgements import access
from emergency.judgements.choices import Complaint, Language, Verdict
from emergency.models import Judgement
from emergency.risk.levels import Level
from emocare import release

REVIEWED_MEANWHILE = _("Somebody else has reviewed it meanwhile. Look at what they decided first.")
TOPIC = "reviewed"


@transaction.atomic
def send(
    *, user: User, text: str, complaint: Complaint, meant: str, language: str, agreed_to: str, key: uuid.UUID
) -> Judgement:
    """Keep one sentence with the words that its person agreed to; the same form sent twice is one sentence."""
    found = heeding.read(text)
    sent: dict[str, Any] = {"user": user, "complaint": complaint, "text": text, "meant": meant, "agreed_to": agreed_to}
    sent |= {"language": language, "level": found.level, "kind": found.kind, "confidence": found.confidence}
    sent["release"] = release.name()[:100]
    judgement, new = Judgement.objects.get_or_create(form_key=key, defaults=sent)
    if not new and (judgement.user_id, judgement.text, judgement.meant) != (user.pk, text, meant):
        return Judgement.objects.create(**sent)  # other words in the same form are lost to nobody
    return judgement


def take_back(*, judgement: Judgement) -> None:
    """Delete it: nothing of it stays, and the next file for training is without it."""
    judgement.delete()


@transaction.atomic
def review(*, judgement: Judgement, actor: User, known: str, verdict: Verdict, label: dict[str, Any]) -> Judgement:
    """Write down what an administrator decided; `known` is the mark of the review that they have seen.

    Raises Refused when there was another one meanwhile, or the person has taken the sentence back.
    """
    held = Judgement.objects.select_for_update().filter(pk=judgement.pk).first()
    if held is None or held.review_mark != known:
        raise Refused(REVIEWED_MEANWHILE)
    held.verdict, held.reviewed_by, held.reviewed_at = verdict, actor, timezone.now()
    held.right_level, held.right_kind = label["right_level"], label["right_kind"]
    held.right_language = label["right_language"]
    columns = ["verdict", "reviewed_by", "reviewed_at", "right_level", "right_kind", "right_language"]
    held.save(update_fields=columns)
    return held


@transaction.atomic
def export(*, actor: User | None) -> list[str]:
    """Return all that can be learned from, a line of JSON each, and write down for each person that it was taken out.

    It is always all of it: what was taken back since the last file is not in this one. No line says whose it is.
    Without an actor it is somebody at the server.
    """
    reviewed = list(access.to_learn_from().select_related("user"))
    people = {judgement.user_id: judgement.user for judgement in reviewed}
    events.record_all(people=people.values(), kind=EventKind.SENTENCE_EXPORTED, actor=actor)
    return [_line(judgement) for judgement in reviewed]


def _line(judgement: Judgement) -> str:
    language = judgement.right_language
    line = {
        "text": judgement.text,
        "language": language,
        "level": Level(judgement.right_level).name.lower(),
        "kind": judgement.right_kind,
        "topic": TOPIC,
        # With which language it is trained and counted: what is mixed, with that of the page it was sent from.
        "file": judgement.language if language == Language.MIXED else language,
    }
    return json.dumps(line, ensure_ascii=False)
