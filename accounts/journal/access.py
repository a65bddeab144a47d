"""What a person reads of the journal: who looked at their data, and what was done with their account."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.journal.choices import TO_OWNER, WHY_TO_OWNER, As, Category
from accounts.models import EntryReason, JournalEntry, User


@dataclass(frozen=True)
class Look:
    """What somebody looked at on one day, how often, and why they may."""

    what: str
    why: str
    times: int


@dataclass(frozen=True)
class Looker:
    """Somebody who looked on one day."""

    name: str
    role: str
    looks: list[Look]


@dataclass(frozen=True)
class Day:
    day: date
    people: list[Looker]


@dataclass(frozen=True)
class Step:
    """Something that was done with the account; `name` is empty when it was the person themselves."""

    at: datetime
    what: str
    name: str
    role: str


@dataclass(frozen=True)
class Month:
    """What the journal holds of a person in one month."""

    start: date
    days: list[Day] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


def months_of(user: User) -> list[date]:
    """Return the first days of the months in which the journal speaks of the person, newest first."""
    return [moment.date() for moment in _of(user).datetimes("at", "month", order="DESC")]


def month_of(user: User, start: date) -> Month:
    """Return looks by day and person, and steps, of one month in the active time zone; three queries."""
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    begin, end = (timezone.make_aware(datetime(day.year, day.month, 1)) for day in (start, following))
    entries = _of(user).filter(at__gte=begin, at__lt=end)
    looks = list(
        entries.filter(category=Category.LOOK)
        .annotate(day=TruncDate("at"))
        .values("day", "actor", "actor_role", "kind", "why")
        .annotate(times=Count("pk"))
        .order_by("-day", "actor", "actor_role", "kind", "why")
    )
    steps = list(entries.filter(category=Category.ACTION).order_by("-at", "-pk"))
    names = names_of_keys([look["actor"] for look in looks] + [step.actor for step in steps])
    days = [Day(day, _people(list(rows), names)) for day, rows in groupby(looks, lambda look: look["day"])]
    return Month(start, days, [_step(step, user, names) for step in steps])


def names_of_keys(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return how the people behind these keys are called, of those who still have an account; one query."""
    wanted = {key for key in keys if key}
    return {person.journal_key: str(person) for person in people_of_keys(wanted)} if wanted else {}


def people_of_keys(keys: Iterable[UUID | None]) -> QuerySet[User]:
    """Return the people behind these keys, of those who still have an account."""
    return User.objects.filter(journal_key__in=[key for key in keys if key])


def keys_of_names(words: str) -> QuerySet:
    """Return the keys of people whose e-mail or names hold all these words."""
    people = User.objects.all()
    for word in words.split():
        people = people.filter(Q(email__icontains=word) | Q(username__icontains=word) | Q(shown_name__icontains=word))
    return people.values("journal_key")


def name(key: UUID | None, role: str, names: dict[UUID, str]) -> str:
    """Return what to call whoever acted; the account may be gone, and not everybody who acts has one."""
    if key is None and role in {As.SYSTEM, As.REPRESENTATIVE}:
        return str(As(role).label)
    return names.get(key) or _("Somebody whose account was deleted")


def reason_of(entry: JournalEntry) -> str:
    """Return what was typed as reason of an action, unless it went with the person."""
    reason = EntryReason.objects.filter(entry=entry).first()
    return reason.text if reason else ""


def _of(user: User) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(subject=user.journal_key)


def _people(rows: list[dict], names: dict[UUID, str]) -> list[Looker]:
    grouped = groupby(rows, lambda row: (row["actor"], row["actor_role"]))
    return [
        Looker(
            name(actor, role, names),
            str(As(role).label),
            [
                Look(str(TO_OWNER.get(row["kind"], row["kind"])), str(WHY_TO_OWNER.get(row["why"], "")), row["times"])
                for row in group
            ],
        )
        for (actor, role), group in grouped
    ]


def _step(entry: JournalEntry, user: User, names: dict[UUID, str]) -> Step:
    own = entry.actor == user.journal_key
    without_account = entry.actor is None and entry.actor_role in {As.SYSTEM, As.REPRESENTATIVE}
    return Step(
        entry.at,
        entry.get_kind_display(),
        "" if own else name(entry.actor, entry.actor_role, names),
        "" if own or without_account else entry.get_actor_role_display(),
    )
