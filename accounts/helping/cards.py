"""What pages say about a helper: the profile, when they have time, why they fit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.helping import finding
from accounts.helping.finding import Wish
from accounts.helping.hours import Availability, availability, is_away
from accounts.models import HelperProfile


@dataclass(frozen=True)
class Card:
    """A helper as others see them; `reasons` is empty where nobody asked for a fit."""

    profile: HelperProfile
    availability: Availability
    away: bool
    reasons: list[str]


def card(profile: HelperProfile, wish: Wish | None = None) -> Card:
    """Return what to say about a helper who was fetched with room and hours."""
    now = timezone.now()
    when = availability(profile, profile.hours.all(), now)
    return Card(profile, when, is_away(profile, now), finding.reasons(profile, wish, when) if wish else [])


def cards(profiles: Iterable[HelperProfile], wish: Wish | None = None) -> list[Card]:
    return [card(profile, wish) for profile in profiles]
