"""How old a person is, from the one date that is kept: the first month in which they are surely sixteen.

A birthday is nobody's business here, so its day is never asked; whoever has it this month counts as a year older from
the first of the next. The date stays right when an operator changes CONSENT_AGE or ADULT_AGE.
"""

from datetime import date

from django.conf import settings
from django.utils import timezone

from accounts.kin.choices import REFERENCE, AgeGroup
from accounts.models import User


def sixteen_from(year: int, month: int) -> date:
    """Return the first day of the month after the sixteenth birthday of somebody born in this month."""
    return date(year + REFERENCE + month // 12, month % 12 + 1, 1)


def of(user: User, day: date | None = None) -> int | None:
    """Return how many years old the person surely is; None for whoever signed up as an adult."""
    return None if user.sixteen_from is None else years(user.sixteen_from, day or timezone.localdate())


def years(sixteen: date, day: date) -> int:
    """Return the age on a day in whole years."""
    return REFERENCE + day.year - sixteen.year - ((day.month, day.day) < (sixteen.month, sixteen.day))


def group(age: int | None) -> AgeGroup:
    """Return who has to agree at this age."""
    if age is None or age >= settings.ADULT_AGE:
        return AgeGroup.ADULT
    return AgeGroup.YOUTH if age >= settings.CONSENT_AGE else AgeGroup.CHILD


def group_of(user: User) -> AgeGroup:
    return group(of(user))


def is_adult(user: User) -> bool:
    return group_of(user) == AgeGroup.ADULT


def consents_from(user: User) -> date | None:
    """Return the day from which the person consents for themselves; None for whoever signed up as an adult."""
    first = user.sixteen_from
    return first and first.replace(year=first.year + settings.CONSENT_AGE - REFERENCE)


def could_be(year: int, month: int, day: date) -> set[AgeGroup]:
    """Return the groups that somebody born in this month can be in on a day; in the month of the birthday, two."""
    age = years(sixteen_from(year, month), day)
    return {group(age), group(age + (month == day.month))}
