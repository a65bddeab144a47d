"""Lines to call, from emergency/data/helplines.json; read once, so that the page stands without the database."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "data" / "helplines.json"
GOES_STALE = timedelta(days=183)
NEVER_STALE = {"112", "103", "102", "111"}

# What a person should know before calling; honest where our sources disagree.
NOTES: dict[str, tuple[Promise, Promise]] = {
    "112": (_("Danger to life, right now"), _("Day and night, free. Also without money on the phone.")),
    "103": (_("Ambulance: overdose, injury, somebody does not wake up"), _("Day and night, free.")),
    "102": (_("Police: somebody hurts or threatens you"), _("Day and night, free.")),
    "111": (
        _("Children, women, families: violence, bullying, rights"),
        _(
            "Day and night, free. They may ask for your name, and may tell the police or guardianship "
            "if you are in danger."
        ),
    ),
    "150": (
        _("National trust line: somebody to talk to"),
        _(
            "Free. Hours differ: some sources say day and night, others working days 9:00 to 18:00. "
            "If nobody answers, call 111."
        ),
    ),
    "1303_almaty": (_("Almaty: trust line of the mental health centre"), _("For Almaty only. Hours may differ.")),
    "astana_gcmh": (_("Astana: urgent psychological help"), _("For Astana only. Hours may differ.")),
}
FIRST = ["112", "103", "102", "111", "150"]
# The same for somebody who thinks of dying: it names nothing that can hurt, and people to talk to come first.
CALM = {"103": _("Ambulance")}
TO_TALK = ["150", "111", "112", "103", "102"]
# The trust line 150 answers in writing too, for those who cannot call: the number and its address.
IN_WRITING = ("+7 708 106 08 10", "https://wa.me/77081060810")
CITIES = ["1303_almaty", "astana_gcmh"]


@dataclass(frozen=True)
class Helpline:
    """A line: the number as it is written and as it is dialled, its name by language, what to know."""

    key: str
    number: str
    tel: str
    names: dict[str, str]

    @property
    def name(self) -> str:
        return self.names[get_language()]

    @property
    def purpose(self) -> Promise:
        return NOTES[self.key][0]

    @property
    def calm_purpose(self) -> Promise:
        """Return the purpose as pages after a hard moment say it."""
        return CALM.get(self.key, self.purpose)

    @property
    def note(self) -> Promise:
        return NOTES[self.key][1]

    @property
    def spoken(self) -> str:
        """Return the number digit by digit, as a screen reader should say it."""
        return " ".join(self.number.replace(" ", "")) if self.number.isdigit() else self.number


@lru_cache(maxsize=1)
def _read() -> tuple[date, dict[str, Helpline]]:
    data = json.loads(DATA.read_text(encoding="utf-8"))
    lines = {
        line["key"]: Helpline(line["key"], line["number"], line["tel"], line["name"])
        for line in data["helplines"]
        if line["key"] in NOTES
    }
    return date.fromisoformat(data["meta"]["compiled"]), lines


def _fresh(keys: list[str]) -> list[Helpline]:
    compiled, lines = _read()
    stale = timezone.localdate() > compiled + GOES_STALE
    return [lines[key] for key in keys if not stale or key in NEVER_STALE]


def first() -> list[Helpline]:
    """Return the national lines, the most urgent first; lines nobody checked for half a year are left out."""
    return _fresh(FIRST)


def to_talk(child: bool = False) -> list[Helpline]:
    """Return the national lines, those first where people talk with somebody; for a child 111 before all."""
    return sorted(_fresh(TO_TALK), key=lambda line: child and line.key != "111")


def in_writing() -> tuple[str, str] | None:
    """Return where the trust line answers in writing, as long as the line itself is shown."""
    return IN_WRITING if _fresh(["150"]) else None


def in_cities() -> list[Helpline]:
    """Return the lines of single cities."""
    return _fresh(CITIES)


def numbers() -> list[str]:
    """Return every number that was ever shown here, as it is written; nobody is to be kept from one."""
    return [*(line.number for line in _read()[1].values()), IN_WRITING[0]]
