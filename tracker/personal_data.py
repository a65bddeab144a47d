"""What the tracker keeps of people: `accounts.personal.registry` says how to read it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.personal.registry import INNER, Table
from tracker.models import MoodEntry
from tracker.prompts import PROMPTS
from tracker.words import Vocabulary

KEY = "It is of the form that was sent."


def _words(column: str):
    def shown(entry: MoodEntry, person: User) -> str:
        vocabulary = person.__dict__.setdefault("_vocabulary", Vocabulary(person))  # read once for all entries
        return ", ".join(str(word) for word in vocabulary.words(getattr(entry, column)))

    return shown


def _prompt(row: MoodEntry, person: User) -> str:
    return str(PROMPTS.get(row.prompt, row.prompt))


TABLES = [
    Table(
        name="mood_entries",
        model="tracker.MoodEntry",
        person="owner",
        title=_("Moods, notes and journal"),
        fields=(
            "felt_at",
            "level",
            "feelings",
            "causes",
            "note",
            "prompt",
            "recorded_by",
            "created_at",
            "updated_at",
            "public_id",
        ),
        inner=("public_id",),
        hidden={"id": INNER, "owner": INNER, "form_key": KEY},
        others={"recorded_by": "empties: the entry is its owner's"},
        corrected_at={"edit_mood": ("felt_at", "level", "feelings", "causes", "note")},
        fixed="It says when and by whom it was written.",
        words={"recorded_by": pgettext_lazy("a column", "Written for you by")},
        shown={"feelings": _words("feelings"), "causes": _words("causes"), "prompt": _prompt},
    ),
    Table(
        name="own_words",
        model="tracker.OwnWord",
        person="owner",
        title=_("Your own words for feelings and causes"),
        fields=("kind", "word", "created_at", "public_id"),
        inner=("public_id",),
        hidden={"id": INNER, "owner": INNER},
        corrected_at={"own_words": ("kind", "word")},
        fixed="It says when it was written; entries name the word by its number.",
    ),
    Table(
        name="draft",
        model="tracker.Draft",
        person="owner",
        title=_("What you were writing and did not save"),
        fields=("text", "prompt", "updated_at"),
        hidden={"id": INNER, "public_id": INNER, "owner": INNER, "form_key": KEY},
        corrected_at={"write_journal": ("text", "prompt")},
        fixed="It says when it was written.",
        shown={"prompt": _prompt},
    ),
    Table(
        name="report_offer",
        model="tracker.ReportOffer",
        person="owner",
        title=_("Whether you were offered the report on two weeks"),
        fields=("closed_at",),
        hidden={"owner": INNER},
        fixed="It says when it was offered.",
    ),
]
