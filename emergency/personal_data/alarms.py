"""Whom Emocare called to somebody who asked for help, and when."""

from django.utils.translation import gettext_lazy as _

from accounts.personal.registry import INNER, Table
from emergency.personal_data.reasons import ANOTHER, STEPS

WORDS = {"at": _("when"), "rung": _("who was called")}
HIDDEN = {"id": INNER, "request": INNER, "follow_up": INNER, "round": INNER}


def _of_the_asker(name: str, person: str, title: object) -> Table:
    return Table(
        name=name,
        model="emergency.Alarm",
        person=person,
        title=title,
        fields=("at", "rung"),
        hidden=HIDDEN | {"person": ANOTHER},
        others={"person": "a table of its own below"},
        fixed=STEPS,
        words=WORDS,
    )


TABLES = [
    _of_the_asker("help_request_alarms", "request__user", _("When people were called to your urgent requests")),
    _of_the_asker("follow_up_alarms", "follow_up__user", _("When people were called to your follow-ups")),
    Table(
        name="alarms",
        model="emergency.Alarm",
        person="person",
        title=_("When you were called to somebody who needs help"),
        fields=("at", "rung"),
        hidden=HIDDEN | {"person": INNER},
        others={"request__user": "a table of its own above", "follow_up__user": "a table of its own above"},
        fixed=STEPS,
        words=WORDS,
    ),
]
