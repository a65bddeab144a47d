"""How soon people were answered, and what became of those who were not: numbers for administrators, without names.

PostgreSQL works all of it out, in as many queries for a million requests as for one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Max, Q, QuerySet
from django.db.models.functions import ExtractHour
from django.utils import timezone

from emergency.choices import GOES_ON, Happened, Level, Origin, Outcome, State
from emergency.models import FollowUp, HelpRequest, Step

MOST = 100  # unanswered ones that a page explains
STEPS = (Happened.ALARMED, Happened.NOBODY, Happened.RAISED)
WAIT = ExpressionWrapper(F("taken_at") - F("opened_at"), output_field=DurationField())


class Percentile(Aggregate):
    """The value below which a share of all lies, between two values where it must; of no value it is nothing."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression: Any, share: float):
        super().__init__(expression, share=float(share))


MEASURES = {
    "requests": Count("pk"),
    "taken": Count("taken_at"),
    "median": Percentile(WAIT, 0.5),
    "nearly_all": Percentile(WAIT, 0.95),
    "worst": Max(WAIT),
}


@dataclass(frozen=True)
class Row:
    """How many asked and were answered, and after which time; of what stands in `key`: a level, an hour, or all."""

    requests: int
    taken: int
    median: timedelta | None
    nearly_all: timedelta | None  # 95 of 100
    worst: timedelta | None
    key: Any = None

    @property
    def name(self) -> Any:
        """Return the level in words, or the hour as from and until."""
        return self.key.label if isinstance(self.key, Level) else f"{self.key:02}:00–{(self.key + 1) % 24:02}:00"


@dataclass(frozen=True)
class Call:
    """A step of one that nobody took: after which time who was called, and how many."""

    after: timedelta
    what: str
    rung: str
    people: int | None


@dataclass(frozen=True)
class Unanswered:
    """A request that nobody took, without its words and its person."""

    key: int
    opened_at: datetime
    level: Level
    origin: Origin
    waited: timedelta
    ended: Outcome | None  # nothing while it waits
    calls: Sequence[Call]

    @property
    def called(self) -> bool:
        return any(call.people for call in self.calls)


def over_all(since: datetime) -> tuple[Row, int]:
    """Return the numbers of all requests since a moment, and how many more were taken back at once."""
    undone = HelpRequest.objects.filter(opened_at__gte=since, outcome=Outcome.UNDONE).count()
    return Row(**_meant(since).aggregate(**MEASURES)), undone


def by_level(since: datetime) -> list[Row]:
    """Return the same for each level, the gravest first."""
    rows = _meant(since).values("level").annotate(**MEASURES).order_by("-level")
    return [Row(*values, key=Level(level)) for level, *values in rows.values_list("level", *MEASURES)]


def by_hour(since: datetime) -> list[Row]:
    """Return the same for each hour of the day in which somebody asked, in the active time zone."""
    hour = ExtractHour("opened_at", tzinfo=timezone.get_current_timezone())
    rows = _meant(since).annotate(hour=hour).values("hour").annotate(**MEASURES).order_by("hour")
    return [Row(*values, key=hour) for hour, *values in rows.values_list("hour", *MEASURES)]


def by_outcome(since: datetime) -> list[tuple[str, int]]:
    """Return how requests ended and how many did so, the most frequent first; the last one goes on, without a name."""
    rows = _meant(since).values_list("outcome").annotate(count=Count("pk")).order_by("-count", "outcome")
    ended = [(str(Outcome(outcome).label), count) for outcome, count in rows if outcome]
    return ended + [("", count) for outcome, count in rows if not outcome]


def unanswered(since: datetime) -> list[Unanswered]:
    """Return those that nobody has taken, the newest first: who was called when, and how it ended."""
    now = timezone.now()
    found = _meant(since).filter(taken_at__isnull=True).order_by("-opened_at", "-pk")
    rows = list(found.values("pk", "opened_at", "level", "origin", "closed_at", "outcome")[:MOST])
    steps: dict[int, list[Step]] = {row["pk"]: [] for row in rows}
    for step in Step.objects.filter(request__in=steps, what__in=STEPS).order_by("at", "pk"):
        steps[step.request_id].append(step)
    return [
        Unanswered(
            key=row["pk"],
            opened_at=row["opened_at"],
            level=Level(row["level"]),
            origin=Origin(row["origin"]),
            waited=(row["closed_at"] or now) - row["opened_at"],
            ended=Outcome(row["outcome"]) if row["outcome"] else None,
            calls=_calls(row["opened_at"], steps[row["pk"]]),
        )
        for row in rows
    ]


def follow_ups(since: datetime) -> dict[str, int]:
    """Return how many follow-ups wait or go on now, how many of them are overdue, and how those since then ended."""
    now = timezone.now()
    goes_on, closed = Q(state__in=GOES_ON), Q(state=State.CLOSED, closed_at__gte=since)
    return FollowUp.objects.filter(to_helpers=True).aggregate(
        going_on=Count("pk", filter=goes_on),
        overdue=Count("pk", filter=goes_on & Q(due_at__lte=now)),
        on_time=Count("pk", filter=closed & Q(closed_at__lte=F("due_at"))),
        late=Count("pk", filter=closed & Q(closed_at__gt=F("due_at"))),
    )


# Parts of the above


def _meant(since: datetime) -> QuerySet[HelpRequest]:
    """Return the requests that were not taken back at once."""
    return HelpRequest.objects.filter(opened_at__gte=since).exclude(outcome=Outcome.UNDONE)


def _calls(opened_at: datetime, steps: Iterable[Step]) -> list[Call]:
    return [
        Call(step.at - opened_at, step.get_what_display(), step.get_rung_display() or "", step.people) for step in steps
    ]
