"""Somebody's helpers, people, hours and place in the line, in which every word but the page's own is a digit."""

from datetime import timedelta

from django.utils import timezone

from accounts.choices import Role
from accounts.helping import services
from accounts.helping.choices import EndReason, Tongue, Topic, Way
from accounts.models import Assignment, HelperProfile, User, WaitingPlace
from tests.support.cast import make_person


def offer(user: User) -> HelperProfile:
    """Give a helper a profile that holds everything, and hours at every time of the week."""
    profile, _created = HelperProfile.objects.get_or_create(user=user)
    profile.languages, profile.ways, profile.topics = Tongue.values, Way.values, Topic.values
    profile.about = profile.limits = "7"
    profile.save()
    for day in range(7):
        profile.hours.create(weekday=day, start_minute=0, end_minute=1440)
    return profile


def helpers_around(person: User) -> Assignment:
    """Give a person one who helps, one who was asked, one who ended it, and a place in the line; return the first."""
    names = [f"{kind}-of-{person.pk}" for kind in ("first", "former", "asked", "other")]
    roles = (Role.VOLUNTEER, Role.VOLUNTEER, Role.PSYCHOLOGIST, Role.VOLUNTEER)
    first, former, asked, _other = (offer(make_person(n, role=r)) for n, r in zip(names, roles, strict=True))
    over = services.assign(user=person, helper=former.user, actor=person, reason="")
    services.end(assignment=over, actor=former.user, reason=EndReason.DONE, note="7")
    services.ask(user=person, helper=asked, languages=["kk"], ways=["text"])
    active = services.assign(user=person, helper=first.user, actor=person, reason="")
    WaitingPlace.objects.create(
        user=person, offered=asked, offered_until=timezone.now() + timedelta(days=1), topics=["grief"]
    )
    return active


def people_around(helper: User) -> Assignment:
    """Give a helper a profile, one whom they help and one who asks for it; return the first."""
    profile = offer(helper)
    person, asking = (make_person(f"{kind}-of-{helper.pk}") for kind in ("person", "asking"))
    active = services.ask(user=person, helper=profile, languages=["kk"], ways=["text"])
    services.accept(assignment=active)
    services.ask(user=asking, helper=profile, languages=["kk"], ways=["text"])
    return active
