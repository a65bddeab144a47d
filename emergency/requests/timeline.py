"""What happened to a request and how it stands now, in the words of whoever asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from emergency.choices import Called, Happened, Outcome, Rung, State
from emergency.models import HelpRequest, Step
from emergency.requests.services import UNDO
from emocare import dates


@dataclass(frozen=True)
class Line:
    """One sentence of the timeline; `clock` is its time, with the day where that is another than of the opening."""

    at: datetime
    clock: str
    words: str


@dataclass(frozen=True)
class Standing:
    """How a request stands: one of `undone`, `over`, `taken`, `alone` (nobody there) and `called`, with its words."""

    kind: str
    words: str
    undo_seconds: int = 0

    @property
    def is_over(self) -> bool:
        return self.kind in {"undone", "over"}


def steps_of(request: HelpRequest) -> list[Step]:
    """Return what happened, the oldest first, with who did it."""
    return list(request.steps.select_related("actor").order_by("at", "pk"))


def lines(request: HelpRequest, steps: list[Step]) -> list[Line]:
    """Return the sentences of the steps; what its person was not told is not among them."""
    day = timezone.localtime(request.opened_at).date()
    told = []
    for step in steps:
        words = _words(request, step)
        if not words:
            continue
        local = timezone.localtime(step.at)
        clock = f"{local:%H:%M}" if local.date() == day else dates.moment(step.at)
        told.append(Line(step.at, clock, words))
    return told


def standing(request: HelpRequest, steps: list[Step], helpers: list[User]) -> Standing:
    """Return how it stands now. `helpers` are those who have it."""
    left = (request.opened_at + UNDO - timezone.now()).total_seconds()
    undo = max(0, int(left) + 1) if left >= 0 and not request.is_over else 0
    if request.outcome == Outcome.UNDONE:
        return Standing("undone", _("You have taken it back. Nobody is called any more, and your words are deleted."))
    if request.is_over:
        words = _("This request is closed since %(moment)s.") % {"moment": dates.moment(request.closed_at)}
        return Standing("over", words)
    if request.state == State.TAKEN:
        names = ", ".join(str(helper) for helper in helpers) or _("A psychologist")
        return Standing("taken", _("Somebody is here for you now: %(names)s. Write below.") % {"names": names}, undo)
    begun = max((n for n, step in enumerate(steps) if step.what == Happened.GIVEN_BACK), default=0)
    calls = [step for step in steps[begun:] if step.what == Happened.ALARMED]  # of this round: nobody is called twice
    if request.rung == Rung.NOBODY or not calls:
        words = _("Nobody here can answer just now. Please call 112 if life is in danger, or 111 to talk to somebody.")
        return Standing("alone", words, undo)
    people = sum(step.people or 0 for step in calls)
    words = ngettext(
        "%(n)s person was called for you. Nobody has taken it yet; this page says so as soon as somebody does.",
        "%(n)s people were called for you. Nobody has taken it yet; this page says so as soon as somebody does.",
        people,
    )
    return Standing("called", words % {"n": people}, undo)


def _words(request: HelpRequest, step: Step) -> str:
    simple = SENTENCES.get(step.what)
    if simple:
        return str(simple())
    if step.what == Happened.ALARMED:
        return _alarmed(step.rung, step.people or 0)
    if (
        step.what == Happened.CALLED
    ):  # where telling at once would have put somebody in danger, it stands here at the end
        told = request.told_of_call or request.is_over
        return str(WHO_CAME[request.called]()) if told and request.called in WHO_CAME else ""
    return str(OF_HELPERS[step.what]()) % {"name": step.actor or _("A psychologist")} if step.what in OF_HELPERS else ""


def _alarmed(rung: int | None, people: int) -> str:
    told = {
        Rung.DUTY: ngettext(
            "%(n)s psychologist on duty was called.", "%(n)s psychologists on duty were called.", people
        ),
        Rung.NEXT: ngettext(
            "%(n)s more was called, who is on duty next.", "%(n)s more were called, who are on duty next.", people
        ),
        Rung.ALL: ngettext(
            "%(n)s psychologist more was called, who is not on duty.",
            "%(n)s psychologists more were called, who are not on duty.",
            people,
        ),
        Rung.ADMINS: ngettext("%(n)s administrator was called.", "%(n)s administrators were called.", people),
    }
    again = ngettext("%(n)s person was called once more.", "%(n)s people were called once more.", people)
    return told.get(rung, again) % {"n": people}


SENTENCES: dict[str, Callable[[], str]] = {
    Happened.OPENED: lambda: _("You asked for help."),
    Happened.NOBODY: lambda: _("Nobody here could answer. Please call 112 or 111."),
    Happened.RAISED: lambda: _("Your request is marked as more urgent, because of what you wrote."),
    Happened.ENDED: lambda: _("You ended it."),
    Happened.UNDONE: lambda: _("You took it back."),
}
OF_HELPERS: dict[str, Callable[[], str]] = {
    Happened.TAKEN: lambda: _("%(name)s has taken it."),
    Happened.SECOND: lambda: _("%(name)s helps you too."),
    Happened.SECOND_LEFT: lambda: _("%(name)s does not read it any more."),
    Happened.HANDED: lambda: _("%(name)s has it now."),
    Happened.GIVEN_BACK: lambda: _("%(name)s cannot go on. Others are called for you."),
    Happened.CLOSED: lambda: _("%(name)s closed it."),
}
WHO_CAME: dict[str, Callable[[], str]] = {
    Called.POLICE: lambda: _("The police were called to you."),
    Called.AMBULANCE: lambda: _("An ambulance was called to you."),
    Called.BOTH: lambda: _("The police and an ambulance were called to you."),
}
