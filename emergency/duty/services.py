"""The one write path of the rota: shifts are planned, changed, taken away and given up.

The person's row is locked before anything of theirs is read, so that nobody gets two shifts at a time. Walls and weeks
are those of the active time zone: of the administrator who plans.
"""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.helping.steps import Refused
from accounts.models import User
from emergency.choices import SWAP_GOES_ON, SwapState
from emergency.duty import access, words
from emergency.duty.clock import WEEK, begin_of, moment, monday_of, wall
from emergency.duty.gaps import LONGEST_OWN, gaps
from emergency.models import Shift, Swap
from emergency.models.duty import LONGEST_SHIFT
from emocare.notices import tell
from notifications.services import notify_all

LOAD = timedelta(hours=48)  # in a week; from more on it is said
LONGEST_SERIES = 53  # weeks
MOST_DAYS = 3  # by which a whole series moves
BUSY = _("%(name)s already has a shift then: %(when)s.")
NO_ROLE = _("%(name)s is no psychologist here on that day.")
NO_HOURS = _("There are no such hours on that day: the clocks are changed.")
PAST = _("These hours are over already.")
OVER = _("This shift is over, or somebody changed it meanwhile. Look at the rota again.")
TOO_LONG = _("A shift has at most %(hours)d hours. Divide it between two people.")
TOO_LONG_OWN = _("A shift that you plan yourself has at most %(hours)d hours. People who rest help better.")
NO_GAP = _("Two people are on duty then already. Choose hours in which somebody is missing.")
TOO_FAR = _("A whole series moves by at most three days. For another day of the week, end this one and plan a new one.")
TOO_MANY = _("A shift is repeated for at most a year.")
Times = tuple[datetime, datetime]


class NotSo(Refused):
    """What was asked for cannot be; `field` names what of the form is in its way."""

    def __init__(self, words: Any, field: str | None = None):
        super().__init__(words)
        self.field = field


@transaction.atomic
def plan(
    *, psychologist: User, starts_at: datetime, ends_at: datetime, weekly_until: date | None = None, by: User
) -> list[Shift]:
    """Plan a shift, or one every week at the same hours of the clock until a day; raises NotSo.

    A week in which the clock leaves the hours out has none.
    """
    hold(psychologist)
    times = _every_week(starts_at, ends_at, weekly_until)
    _check(psychologist, times, LONGEST_SHIFT)
    series = uuid.uuid4() if len(times) > 1 else None
    made = Shift.objects.bulk_create(
        [Shift(psychologist=psychologist, starts_at=begin, ends_at=end, series=series) for begin, end in times]
    )
    if by != psychologist:
        tell(psychologist, "duty", "planned")
    return made


@transaction.atomic
def plan_own(*, psychologist: User, starts_at: datetime, ends_at: datetime) -> list[Shift]:
    """Let a psychologist take hours in which somebody is missing, not too many at a time; raises NotSo."""
    hold(psychologist)
    _check(psychologist, [(starts_at, ends_at)], LONGEST_OWN)
    if not gaps(starts_at, ends_at):
        raise NotSo(NO_GAP, "start")
    return [Shift.objects.create(psychologist=psychologist, starts_at=starts_at, ends_at=ends_at)]


@transaction.atomic
def change(
    *, shift: Shift, psychologist: User, starts_at: datetime, ends_at: datetime, rest: bool, by: User
) -> list[Shift]:
    """Give a shift, or with `rest` all later ones of its series too, other hours or another person; raises NotSo.

    One that is changed alone leaves its series. What was asked or agreed about them is called off.
    """
    held = hold_shift(shift, psychologist)
    before = held.psychologist
    rows, times = [held], [(starts_at, ends_at)]
    if rest and held.series:
        rows = _rest_of(held)
        times = _moved(rows, wall(starts_at) - wall(held.starts_at), wall(ends_at) - wall(starts_at))
    else:
        held.series = None
    _check(psychologist, times, LONGEST_SHIFT, besides=rows)
    _call_off(rows, by)
    for row, (begin, end) in zip(rows, times, strict=True):
        row.psychologist, row.starts_at, row.ends_at = psychologist, begin, end
    Shift.objects.bulk_update(rows, ["psychologist", "starts_at", "ends_at", "series"])
    for person in {before, psychologist} - {by}:
        tell(person, "duty", "changed" if person == psychologist == before else _to_or_from(person, psychologist))
    return rows


@transaction.atomic
def remove(*, shift: Shift, rest: bool, by: User) -> None:
    """Take a shift, or with `rest` all later ones of its series too, from the rota; raises NotSo when it is over."""
    held = hold_shift(shift)
    rows = _rest_of(held) if rest and held.series else [held]
    _call_off(rows, by)
    for row in rows[:1]:
        _end(row)
    Shift.objects.filter(pk__in=[row.pk for row in rows[1:]]).delete()
    if by != held.psychologist:
        tell(held.psychologist, "duty", "removed")


@transaction.atomic
def give_up(*, shift: Shift) -> None:
    """Let the person not come to a shift, or leave it; administrators hear of it at once. NotSo when it is over."""
    held = hold_shift(shift)
    _call_off([held], held.psychologist)
    _end(held)
    notify_all(access.administrators(), "duty_gaps", {"what": "given_up"}, key=f"given up:{held.public_id}")


def heavy_week(psychologist: User, shifts: Iterable[Shift]) -> tuple[date, int] | None:
    """Return the first week, by its Monday, in which these shifts bring somebody over 48 hours, and how many it has."""
    mondays = sorted({monday_of(wall(shift.starts_at).date()) for shift in shifts})
    if not mondays:
        return None
    begin, end = begin_of(mondays[0]), begin_of(mondays[-1] + WEEK)
    load: Counter[date] = Counter()
    for starts, ends in psychologist.shifts.filter(starts_at__gte=begin, starts_at__lt=end).values_list(
        "starts_at", "ends_at"
    ):
        load[monday_of(wall(starts).date())] += int((ends - starts).total_seconds())
    heavy = (day for day in mondays if load[day] > LOAD.total_seconds())
    return next(((day, round(load[day] / 3600)) for day in heavy), None)


# Parts of the steps above, and of exchanges


def hold(*people: User) -> None:
    """Let one transaction at a time change the shifts of these people."""
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=[person.pk for person in people])
    list(rows.order_by("pk").values_list("pk", flat=True))


def hold_shift(shift: Shift, *others: User) -> Shift:
    """Return a shift as it is now, with its person and others held; raises NotSo when it is over or went elsewhere."""
    hold(shift.psychologist, *others)
    held = Shift.objects.select_for_update(of=("self",)).select_related("psychologist").filter(pk=shift.pk).first()
    if held is None or held.psychologist_id != shift.psychologist_id or held.ends_at <= timezone.now():
        raise NotSo(OVER)
    return held


def _every_week(starts_at: datetime, ends_at: datetime, until: date | None) -> list[Times]:
    first, last = wall(starts_at), wall(ends_at)
    weeks = (until - first.date()).days // 7 if until else 0
    if weeks >= LONGEST_SERIES:
        raise NotSo(TOO_MANY, "weekly_until")
    later = [(moment(first + WEEK * i), moment(last + WEEK * i)) for i in range(1, weeks + 1)]
    return [(starts_at, ends_at), *((begin, end) for begin, end in later if begin < end)]


def _rest_of(shift: Shift) -> list[Shift]:
    """Return this shift and the later ones of its series that are still the same person's, held."""
    same = Shift.objects.filter(series=shift.series, psychologist=shift.psychologist_id)
    rest = same.select_for_update().filter(starts_at__gt=shift.starts_at).order_by("starts_at")
    return [shift, *rest]


def _moved(rows: list[Shift], by: timedelta, length: timedelta) -> list[Times]:
    """Return the hours of a series moved on the wall clock."""
    if abs(by) >= timedelta(days=MOST_DAYS + 1):
        raise NotSo(TOO_FAR, "day")
    begins = [wall(row.starts_at) + by for row in rows]
    return [(moment(begin), moment(begin + length)) for begin in begins]


def _check(psychologist: User, times: list[Times], longest: timedelta, besides: Iterable[Shift] = ()) -> None:
    begin, end = times[0][0], times[-1][1]
    if times[0][1] <= timezone.now():
        raise NotSo(PAST, "day")
    if any(ends <= starts for starts, ends in times):
        raise NotSo(NO_HOURS, "start")
    if any(ends - starts > longest for starts, ends in times):
        text = TOO_LONG if longest == LONGEST_SHIFT else TOO_LONG_OWN
        raise NotSo(text % {"hours": longest.total_seconds() // 3600}, "end")
    if not access.psychologists_at(begin).filter(pk=psychologist.pk).exists():
        raise NotSo(NO_ROLE % {"name": psychologist}, "who")
    others = psychologist.shifts.filter(starts_at__lt=end, ends_at__gt=begin)
    for other in others.exclude(pk__in=[row.pk for row in besides]).order_by("starts_at"):
        if any(other.starts_at < ends and other.ends_at > starts for starts, ends in times):
            raise NotSo(BUSY % {"name": psychologist, "when": words.when(other.starts_at, other.ends_at)}, "start")


def _call_off(rows: list[Shift], by: User) -> None:
    """End the exchanges that go on about shifts; whoever was to take one is told."""
    going = Swap.objects.filter(shift__in=rows, state__in=SWAP_GOES_ON).select_related("to")
    for swap in going:
        tell(swap.to, "duty", "called_off")
    going.update(state=SwapState.TAKEN_BACK, decided_at=timezone.now(), decided_by=by)


def _end(shift: Shift) -> None:
    """Take away what of a shift is still to come; that somebody was on duty until now stays."""
    now = timezone.now()
    if shift.starts_at < now:
        shift.ends_at = now
        shift.save(update_fields=["ends_at"])
    else:
        shift.delete()


def _to_or_from(person: User, now: User) -> str:
    return "planned" if person == now else "removed"
