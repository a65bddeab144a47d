"""What the duty rota keeps of psychologists."""

from django.utils.translation import gettext_lazy as _

from accounts.personal.registry import INNER, Erased, Table
from emergency.personal_data.reasons import ANOTHER, STEPS

SWAP = {
    "state": _("state"),
    "asked_at": _("asked"),
    "decided_at": _("decided"),
    "asked_by": _("asked by"),
    "to": _("asked of"),
}
OF_SWAPS = {"id": INNER, "public_id": INNER, "shift": INNER}
OTHER_WAYS = "a table of its own beside"

TABLES = [
    Table(
        name="shifts",
        model="emergency.Shift",
        person="psychologist",
        title=_("Your shifts of duty"),
        fields=("starts_at", "ends_at"),
        hidden={"id": INNER, "public_id": INNER, "psychologist": INNER, "series": INNER},
        fixed="The rota is planned with the others on duty.",
        words={"starts_at": _("begins"), "ends_at": _("ends")},
    ),
    Table(
        name="swaps_asked",
        model="emergency.Swap",
        person="asked_by",
        title=_("Shifts that you asked a colleague to take"),
        fields=("to", "state", "asked_at", "decided_at"),
        hidden=OF_SWAPS | {"asked_by": INNER, "decided_by": ANOTHER},
        others={"to": OTHER_WAYS, "decided_by": OTHER_WAYS},
        fixed=STEPS,
        words=SWAP,
    ),
    Table(
        name="swaps_offered",
        model="emergency.Swap",
        person="to",
        title=_("Shifts that a colleague asked you to take"),
        fields=("asked_by", "state", "asked_at", "decided_at"),
        hidden=OF_SWAPS | {"to": INNER, "decided_by": ANOTHER},
        others={"asked_by": OTHER_WAYS, "decided_by": OTHER_WAYS},
        fixed=STEPS,
        words=SWAP,
    ),
    Table(
        name="swaps_decided",
        model="emergency.Swap",
        person="decided_by",
        title=_("Exchanges of shifts that you decided about"),
        fields=("state", "decided_at"),
        hidden=OF_SWAPS | {"asked_by": ANOTHER, "to": ANOTHER, "decided_by": INNER, "asked_at": "It is the others'."},
        others={"asked_by": OTHER_WAYS, "to": OTHER_WAYS},
        erased=Erased.LOSE_THE_PERSON,
        fixed=STEPS,
        words=SWAP,
    ),
]
