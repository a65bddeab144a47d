"""Hours with too few people on duty: nobody, or one alone where two should be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from emergency.duty import words
from emergency.duty.access import counts_until, shifts_between
from emergency.duty.clock import wall
from emergency.models import Shift

LONGEST_OWN = timedelta(hours=12)  # that psychologists plan themselves
ENOUGH = 2  # people on duty together
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Gap:
    """A stretch of time with too few people on duty."""

    begins: datetime
    ends: datetime
    people: int

    @property
    def nobody(self) -> bool:
        return self.people == 0

    @property
    def when(self) -> str:
        return words.when(self.begins, self.ends)

    @property
    def fills(self) -> str:
        """Return what the address of a new shift takes to fill this gap, as far as one person may."""
        start, end = wall(self.begins), wall(min(self.ends, self.begins + LONGEST_OWN))
        return urlencode({"day": start.date().isoformat(), "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"})

    @property
    def in_words(self) -> str:
        return self._say(self.when)

    @property
    def on_its_day(self) -> str:
        """Say it below the name of its day."""
        return self._say(words.hours(self.begins, self.ends))

    def _say(self, hours: str) -> str:
        if self.nobody:
            return _("Nobody is on duty: %(hours)s") % {"hours": hours}
        return _("Only one person is on duty: %(hours)s") % {"hours": hours}


def gaps(begin: datetime, end: datetime) -> list[Gap]:
    """Return the hours between two moments in which fewer than two people are on duty, in one query."""
    return gaps_of(shifts_between(begin, end), begin, end)


def gaps_of(shifts: Iterable[Shift], begin: datetime, end: datetime) -> list[Gap]:
    """Return the same for shifts that are read already; stretches that touch with as many people are one."""
    change = Counter({begin: 0, end: 0})
    for shift in shifts:
        starts, ends = max(begin, shift.starts_at), min(end, counts_until(shift))
        if starts < ends:
            change[starts] += 1
            change[ends] -= 1
    found: list[Gap] = []
    people = 0
    for moment, following in pairwise(sorted(change)):
        people += change[moment]
        if people >= ENOUGH:
            continue
        if found and found[-1].ends == moment and found[-1].people == people:
            found[-1] = Gap(found[-1].begins, following, people)
        else:
            found.append(Gap(moment, following, people))
    return found
