"""Tables of those who run Emocare: what they wrote down stays, without them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.personal.people import WRITTEN_DOWN
from accounts.personal.registry import INNER, Erased, Table

OF_THE_REGISTER = "The register of breaches holds it, about nobody."
REGISTER = ("happened_at", "due_at", "what", "consequences", "measures", "kinds", "people", "contact")
REGISTER += ("authority_notified_at", "authority_reference", "people_notified_at")
TABLES = [
    Table(
        name="breaches",
        model="accounts.Breach",
        person="opened_by",
        title=_("Breaches of personal data that you wrote down"),
        fields=("detected_at", "closed_at"),
        hidden={"id": INNER, "public_id": INNER, "opened_by": INNER, **dict.fromkeys(REGISTER, OF_THE_REGISTER)},
        erased=Erased.LOSE_THE_PERSON,
        fixed=WRITTEN_DOWN,
    ),
    Table(
        name="breach_steps",
        model="accounts.BreachStep",
        person="done_by",
        title=_("Steps after breaches that you took"),
        fields=("step", "done_at"),
        hidden={"id": INNER, "breach": INNER, "done_by": INNER},
        erased=Erased.LOSE_THE_PERSON,
        fixed=WRITTEN_DOWN,
        words={"step": pgettext_lazy("a column", "What"), "done_at": pgettext_lazy("a column", "When")},
    ),
]
