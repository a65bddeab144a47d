"""Who could help: fit first, then the most room, then whoever was asked longest ago; nobody is liked or rated."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import HELPERS, Disability
from accounts.helping import hours
from accounts.helping.choices import FITS, WAYS_FOR, Topic, Way
from accounts.models import Assignment, HelperHours, HelperProfile, User, WaitingPlace, role_in_force

PROPOSED = 3


@dataclass(frozen=True)
class Wish:
    """What a person looks for; an empty part means that anything fits."""

    role: str = ""
    languages: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, place: WaitingPlace) -> "Wish":
        return cls(place.role, place.languages, place.ways, place.topics)

    def parts(self) -> dict[str, object]:
        return asdict(self)


def ways_for(disabilities: Iterable[str]) -> list[str]:
    """Return the ways of talking that may suit somebody who said this about themselves, in the usual order."""
    wanted = {way for said in disabilities for way in WAYS_FOR.get(Disability(said), ())}
    return [way.value for way in Way if way in wanted]


def helpers(now: datetime | None = None) -> QuerySet[HelperProfile]:
    """Return the helpers who can be shown, with `room`: how many more people they can take now."""
    now = now or timezone.now()
    people = {"user__is_active": True, "user__role__in": HELPERS, "user__agreed_version__gt": ""}
    shown = HelperProfile.objects.filter(role_in_force("user__"), **people).exclude(languages=[])
    return with_room(shown.select_related("user__profile"), now).annotate(last_asked=_last_asked())


def with_room(profiles: QuerySet[HelperProfile], now: datetime | None = None) -> QuerySet[HelperProfile]:
    """Add to each `most`, the limit in force, and `room`, how many more people they can take now."""
    return profiles.annotate(most=_most()).annotate(room=_room(now or timezone.now()))


def _most() -> Least:
    usual = [When(user__role=role, then=Value(load)) for role, load in settings.HELPER_LOADS.items()]
    hardest = Value(settings.HELPER_LOAD_MAXIMUM)
    allowed = Coalesce("granted_limit", Case(*usual, default=Value(0)), output_field=IntegerField())
    return Least(Coalesce("own_limit", hardest, output_field=IntegerField()), allowed, hardest)


def _counted(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _room(now: datetime) -> Case:
    load = _counted(Assignment.objects.open().filter(helper=OuterRef("user")), "helper")
    kept = _counted(WaitingPlace.objects.filter(offered=OuterRef("pk"), offered_until__gt=now), "offered")
    free = Greatest(F("most") - load - kept, Value(0))
    return Case(When(hours.away(now), then=Value(0)), default=free, output_field=IntegerField())


def _last_asked() -> Subquery:
    asked = Assignment.objects.filter(helper=OuterRef("user")).order_by().values("helper")
    return Subquery(asked.annotate(last=Max("asked_at")).values("last"))


def _score(wish: Wish) -> object:
    """Count how many of the languages, ways and topics that a person wishes a helper has."""
    total = Value(0)
    for column in ("languages", "ways", "topics"):
        for value in getattr(wish, column):
            total = total + Case(When(**{f"{column}__contains": [value]}, then=Value(1)), default=Value(0))
    return total


def in_order(found: QuerySet[HelperProfile], wish: Wish) -> QuerySet[HelperProfile]:
    """Put those who fit best first, of these the one with the most room, of these who was asked longest ago.

    Room is the free part of what a helper can take: else psychologists, who take more people, would always come first.
    """
    share = F("room") * Value(1.0) / Greatest(F("most"), Value(1))
    ranked = found.annotate(fit=_score(wish), share=ExpressionWrapper(share, FloatField()))
    return ranked.order_by("-fit", "-share", F("last_asked").asc(nulls_first=True), "pk")


def listed(reader: User, wish: Wish, free_now: bool = False) -> QuerySet[HelperProfile]:
    """Return the helpers who have all that is asked for."""
    now = timezone.now()
    found = helpers(now).exclude(user=reader)
    if wish.role:
        found = found.filter(user__role=wish.role)
    for column in ("languages", "ways", "topics"):
        if wanted := getattr(wish, column):
            found = found.filter(**{f"{column}__contains": wanted})
    if free_now:
        open_now = HelperHours.objects.filter(hours.now_within(now, "profile__user__time_zone"), profile=OuterRef("pk"))
        found = found.filter(Exists(open_now)).exclude(hours.away(now))
    return in_order(found, wish if wish.languages else Wish(languages=[reader.language]))


def fitting(wish: Wish) -> Q:
    """Return a condition for helpers that a person can talk with: the role, one of the languages, one of the ways."""
    condition = Q(user__role=wish.role) if wish.role else Q()
    for column in ("languages", "ways"):
        if wanted := getattr(wish, column):
            condition &= Q(**{f"{column}__overlap": wanted})
    return condition


def known_to(person: OuterRef | User) -> Exists:
    """Say of helpers whether the person and they were ever together here: such a one is not proposed again."""
    return Exists(Assignment.objects.filter(user=person, helper=OuterRef("user")))


def proposed(user: User, wish: Wish) -> list[HelperProfile]:
    """Return up to three helpers with room who fit; whoever said no, or was left, is not among them."""
    found = helpers().filter(fitting(wish), ~known_to(user), room__gt=0).exclude(user=user)
    return list(in_order(found, wish).prefetch_related("hours")[:PROPOSED])


def reasons(profile: HelperProfile, wish: Wish, shown: hours.Availability) -> list[str]:
    """Say in plain words why a helper fits, and how much room there is."""
    found = [str(words) for code, words in FITS.items() if code in wish.languages and code in profile.languages]
    found += [str(words) for code, words in FITS.items() if code in wish.ways and code in profile.ways]
    topics = [str(topic.label) for topic in Topic if topic in wish.topics and topic in profile.topics]
    if topics:
        found.append(_("Knows about: %(topics)s") % {"topics": ", ".join(topics)})
    if shown.free_until:
        found.append(_("Has time now"))
    found.append(ngettext("%(count)d free place", "%(count)d free places", profile.room) % {"count": profile.room})
    return found
