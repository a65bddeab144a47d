"""What sentences about the risk check keep of people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.personal.registry import INNER, Erased, Table
from emergency.personal_data.reasons import ANOTHER, KEY, STEPS

JUDGED = {
    "sent_at": _("sent"),
    "complaint": _("what was not right"),
    "text": _("sentence"),
    "meant": _("what it meant"),
    "agreed_to": _("words that the person agreed to"),
    "language": _("language"),
    "level": _("level that the check gave"),
    "kind": _("kind of danger that the check gave"),
    "confidence": _("confidence of the check"),
    "release": _("release of Emocare"),
    "verdict": pgettext_lazy("review", "verdict"),
    "right_language": _("language of the sentence"),
    "right_level": _("right level"),
    "right_kind": _("right kind of danger"),
    "reviewed_at": _("reviewed"),
}
VERDICT = ("verdict", "right_language", "right_level", "right_kind", "reviewed_at")

TABLES = [
    Table(
        name="judgements",
        model="emergency.Judgement",
        person="user",
        title=_("Sentences that you sent because the risk check was wrong"),
        fields=tuple(JUDGED),
        hidden={"id": INNER, "public_id": INNER, "user": INNER, "reviewed_by": ANOTHER, "form_key": KEY},
        others={"reviewed_by": "a table of its own below"},
        fixed="It can be taken back, which deletes it; the rest says what was done and when.",
        words=JUDGED,
    ),
    Table(
        name="judgements_reviewed",
        model="emergency.Judgement",
        person="reviewed_by",
        title=_("Sentences about the risk check that you reviewed"),
        fields=VERDICT,
        hidden={
            "id": INNER,
            "public_id": INNER,
            "user": ANOTHER,
            "reviewed_by": INNER,
            "form_key": KEY,
            **{name: "It is the other person's." for name in JUDGED if name not in VERDICT},
        },
        others={"user": "a table of its own above"},
        erased=Erased.LOSE_THE_PERSON,
        fixed=STEPS,
        words=JUDGED,
    ),
]
