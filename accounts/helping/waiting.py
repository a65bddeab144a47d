"""The line of those who wait for a helper: a free place is offered in order, and kept for a while."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.helping import finding
from accounts.helping.finding import Wish
from accounts.helping.steps import room
from accounts.models import Assignment, HelperProfile, User, WaitingPlace, consented
from emocare.notices import tell


@transaction.atomic
def join(*, user: User, wish: Wish) -> WaitingPlace:
    """Stand in the line; whoever stands there already keeps the place and changes what they look for."""
    place, _created = WaitingPlace.objects.update_or_create(user=user, defaults=wish.parts())
    transaction.on_commit(offer_places)
    return place


@transaction.atomic
def leave(*, user: User) -> None:
    """Leave the line; a place that was kept goes to the next."""
    WaitingPlace.objects.filter(user=user).delete()
    transaction.on_commit(offer_places)


@transaction.atomic
def pass_on(*, user: User) -> None:
    """Let the next have the helper who was offered; one's own place in the line stays."""
    place = WaitingPlace.objects.select_for_update().filter(user=user, offered__isnull=False).first()
    if place:
        place.passed = [*place.passed, place.offered_id]
        place.offered = place.offered_until = None
        place.save(update_fields=["passed", "offered", "offered_until"])
        transaction.on_commit(offer_places)


def offer_soon(profile: HelperProfile | None) -> None:
    """Offer the free places of a helper once what makes them free is stored."""
    transaction.on_commit(lambda: offer_places_of(profile))


def offer_places() -> int:
    """Offer every free place to those who wait, in order; return how many were offered. Twice does no harm."""
    if not WaitingPlace.objects.exists():
        return 0
    wanted = finding.helpers().filter(Exists(_who_may_want_them()), room__gt=0)
    return sum(offer_places_of(profile) for profile in wanted.order_by("pk"))


def _who_may_want_them() -> QuerySet[WaitingPlace]:
    """Return, inside a query of helpers, the places that such a helper might fit; those are looked at one by one."""
    return WaitingPlace.objects.filter(
        _nothing_kept(besides=OuterRef("pk")),
        Q(languages=[]) | Q(languages__overlap=OuterRef("languages")),
        Q(ways=[]) | Q(ways__overlap=OuterRef("ways")),
        Q(role="") | Q(role=OuterRef("user__role")),
    )


def _nothing_kept(besides: HelperProfile | OuterRef) -> Q:
    """Return a condition for places: no helper is kept for them, or another was, in vain."""
    in_vain = Q(offered_until__lte=timezone.now()) | Q(offered__user__role_until__lt=timezone.localdate())
    return Q(offered__isnull=True) | (in_vain & ~Q(offered=besides))


@transaction.atomic
def offer_places_of(profile: HelperProfile | None) -> int:
    """Offer the free places of one helper to those who wait and whom they can talk with, the longest waiting first."""
    if profile is None:
        return 0
    locked = HelperProfile.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    profile = locked.filter(pk=profile.pk).first()
    if profile is None:  # the account is deleted
        return 0
    shown = profile.user.is_active and profile.user.is_helper and profile.user.agreed_version and profile.languages
    free = room(profile) if shown else 0
    if free < 1:
        return 0
    places = list(_who_fits(profile).select_for_update(of=("self",), skip_locked=True).select_related("user")[:free])
    for place in places:
        place.offered = profile
        place.offered_until = timezone.now() + timedelta(hours=settings.HELPER_OFFER_HOURS)
        place.save(update_fields=["offered", "offered_until"])
        tell(place.user, "helping", "place_free")
    return len(places)


def _who_fits(profile: HelperProfile) -> QuerySet[WaitingPlace]:
    """Return the places to which this helper can be offered, in order.

    A place that was kept and not taken in time is not offered to the same person again while others wait.
    """
    role = profile.user.role
    theirs = Assignment.objects.filter(user=OuterRef("user"))
    return (
        WaitingPlace.objects.filter(
            _nothing_kept(besides=profile),
            Q(languages=[]) | Q(languages__overlap=profile.languages),
            Q(ways=[]) | Q(ways__overlap=profile.ways),
            ~Exists(theirs.asked().filter(role=role)),
            ~Exists(theirs.filter(helper=profile.user)),
            consented("user"),
            role__in=["", role],
            user__is_active=True,
        )
        .exclude(passed__contains=[profile.pk])
        .exclude(user=profile.user)
        .order_by("since", "pk")
    )
