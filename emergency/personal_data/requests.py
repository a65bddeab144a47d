"""What urgent requests keep of whoever asked, and of helpers who were there.

That the police or an ambulance was called is in the download from when its person knows of it: at once, or where there
was a reason not to tell them as soon as the request is over.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.personal.registry import INNER, Erased, Table
from emergency.models import HelpRequest
from emergency.personal_data.reasons import ANOTHER, KEY, NOTE, STEPS, THEIRS, TIMERS
from emocare.dates import moment

OF_HELPERS = "a table of its own below"
OF_THE_PERSON = "a table of its own above"
WORDS = {
    "level": _("urgency"),
    "origin": _("where it came from"),
    "state": _("state"),
    "opened_at": _("opened"),
    "words": _("words"),
    "place": _("place"),
    "place_agreed_to": _("words that the person agreed to"),
    "talk": _("how to talk"),
    "interpreter": _("with a sign-language interpreter"),
    "language": _("language"),
    "taken_at": _("first taken"),
    "closed_at": _("closed"),
    "outcome": pgettext_lazy("of a request", "outcome"),
    "called": _("who was called to the person"),
    "called_at": _("when they were called"),
    "rung": _("who was called"),
}
OF_STEPS = {"at": _("when"), "what": _("what happened"), "rung": _("who was called"), "people": _("how many people")}
OF_CLAIMS = {"helper": _("helper"), "part": _("part"), "begun_at": _("taken"), "ended_at": _("given on")}
OF_CLAIMS |= {"handed_words": _("words for the next one")}
OF_CHECKS = {"due_at": _("due"), "done": _("done"), "done_at": _("when"), "words": _("words")}


def _known(row: HelpRequest) -> bool:
    """Say whether the person knows of the call: they were told, or the request is over, and then its page says so."""
    return bool(row.told_of_call) or row.is_over


def _called(row: HelpRequest, person: User) -> str:
    return row.get_called_display() if _known(row) else ""


def _called_at(row: HelpRequest, person: User) -> str:
    return moment(row.called_at) if row.called_at and _known(row) else ""


def _called_for_programs(row: HelpRequest, person: User) -> str | None:
    return row.called if _known(row) else None


def _called_at_for_programs(row: HelpRequest, person: User) -> str | None:
    return row.called_at.isoformat() if row.called_at and _known(row) else None


OF_THE_ASKER = [
    Table(
        name="help_requests",
        model="emergency.HelpRequest",
        person="user",
        title=_("Urgent requests"),
        fields=tuple(WORDS),
        hidden={
            "id": INNER,
            "public_id": INNER,
            "user": INNER,
            "code": "Only requests without an account have one.",
            **TIMERS,
            "told_of_call": NOTE,
            "call_reason": NOTE,
            "untold_reason": NOTE,
            "form_key": KEY,
        },
        fixed="It was sent, and says what was done and when; taking it back at once empties the words.",
        words=WORDS,
        shown={"called": _called, "called_at": _called_at},
        as_data={"called": _called_for_programs, "called_at": _called_at_for_programs},
    ),
    Table(
        name="help_request_steps",
        model="emergency.Step",
        person="request__user",
        title=_("What happened to your urgent requests"),
        fields=tuple(OF_STEPS),
        hidden={"id": INNER, "request": INNER, "actor": ANOTHER},
        others={"actor": OF_HELPERS},
        fixed=STEPS,
        words=OF_STEPS,
    ),
    Table(
        name="help_request_claims",
        model="emergency.Claim",
        person="request__user",
        title=_("Who was there for you in urgent requests"),
        fields=("helper", "part", "begun_at", "ended_at"),
        hidden={"id": INNER, "public_id": INNER, "request": INNER, "handed_words": NOTE},
        others={"helper": OF_HELPERS},
        fixed=STEPS,
        words=OF_CLAIMS,
    ),
    Table(
        name="help_request_notes",
        model="emergency.RequestNote",
        person="request__user",
        title=_("When helpers wrote a note on your urgent requests"),
        fields=("written_at",),
        hidden={"id": INNER, "public_id": INNER, "request": INNER, "author": ANOTHER, "text": NOTE},
        others={"author": OF_HELPERS},
        fixed=STEPS,
        words={"written_at": _("when")},
    ),
    Table(
        name="help_request_checks",
        model="emergency.Check",
        person="request__user",
        title=_("Steps that helpers went through in your urgent requests"),
        fields=("due_at", "done", "done_at"),
        hidden={"id": INNER, "public_id": INNER, "request": INNER, "step": INNER, "done_by": ANOTHER, "words": NOTE},
        others={"done_by": OF_HELPERS},
        fixed=STEPS,
        words=OF_CHECKS,
    ),
]

OF_WHOEVER_HELPED = [
    Table(
        name="help_request_steps_done",
        model="emergency.Step",
        person="actor",
        title=_("What you did in urgent requests"),
        fields=("at", "what"),
        hidden={"id": INNER, "request": INNER, "actor": INNER, "rung": THEIRS, "people": THEIRS},
        others={"request__user": OF_THE_PERSON},
        erased=Erased.LOSE_THE_PERSON,
        fixed=STEPS,
        words=OF_STEPS,
    ),
    Table(
        name="help_requests_taken",
        model="emergency.Claim",
        person="helper",
        title=_("Urgent requests that you took"),
        fields=("part", "begun_at", "ended_at", "handed_words"),
        hidden={"id": INNER, "public_id": INNER, "request": INNER, "helper": INNER},
        others={"request__user": OF_THE_PERSON},
        erased=Erased.LOSE_THE_PERSON,
        fixed=STEPS,
        words=OF_CLAIMS,
    ),
    Table(
        name="help_request_notes_written",
        model="emergency.RequestNote",
        person="author",
        title=_("Your notes on urgent requests"),
        fields=("text", "written_at"),
        hidden={"id": INNER, "public_id": INNER, "request": INNER, "author": INNER},
        others={"request__user": OF_THE_PERSON},
        fixed="It is a note of that moment; a new one can be added while the request goes on.",
        words={"text": _("note"), "written_at": _("when")},
    ),
    Table(
        name="help_request_checks_done",
        model="emergency.Check",
        person="done_by",
        title=_("Steps that you went through in urgent requests"),
        fields=("due_at", "done", "done_at", "words"),
        hidden={"id": INNER, "public_id": INNER, "request": INNER, "step": INNER, "done_by": INNER},
        others={"request__user": OF_THE_PERSON},
        erased=Erased.LOSE_THE_PERSON,
        fixed=STEPS,
        words=OF_CHECKS,
    ),
]

TABLES = [*OF_THE_ASKER, *OF_WHOEVER_HELPED]
