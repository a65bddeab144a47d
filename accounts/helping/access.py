"""Who helps whom, and what each may see of the other: nothing without an assignment that is in force."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts import events
from accounts.choices import SHARED_ENTRIES
from accounts.consents import access as consents
from accounts.helping import finding
from accounts.helping.choices import OPEN, State
from accounts.journal.choices import Looked, Why
from accounts.kin.access import is_waiting
from accounts.models import Assignment, HelperHours, HelperProfile, User, WaitingPlace, consented

# For other apps


def helps(helper: User, user: User) -> bool:
    """Say whether the helper helps this person now; false at once when it ended or the helper lost the role."""
    return Assignment.objects.in_force().filter(helper=helper, user=user).exists()


def get_help_for(helper: User, public_id: uuid.UUID) -> Assignment:
    """Return the assignment in force for the person with this id; to everybody else there is no such person (404)."""
    theirs = Assignment.objects.select_related("user__profile")
    found = get_object_or_404(theirs, state=State.ACTIVE, helper=helper, user__public_id=public_id)
    if not _in_force(found, helper):
        raise Http404
    return found


def _in_force(assignment: Assignment, helper: User) -> bool:
    """Say of one that goes on what `in_force` says of rows; of what is at hand this is asked without the database."""
    both_open = helper.is_active and assignment.user.is_active
    return both_open and helper.role_now == assignment.role and not is_waiting(assignment.user)


def look_at_help_for(helper: User, public_id: uuid.UUID) -> Assignment:
    """Return the same for a page that shows the person, and write the look down."""
    found = get_help_for(helper, public_id)
    found.shows = not consents.shown_to(found).isdisjoint(SHARED_ENTRIES)  # the person lets the helper see something
    note_look(found, helper)
    return found


def note_look(assignment: Assignment, reader: User) -> None:
    """Write down that a page about one person was shown to the helper, whose request or assignment it is."""
    why = Why.ASSIGNED if assignment.started_at else Why.ASKED
    events.looked(actor=reader, whose=assignment.user, what=Looked.PROFILE, why=why)


def helpers_of(user: User) -> QuerySet[Assignment]:
    """Return what the person has with everybody who helps them now, volunteers after psychologists."""
    return Assignment.objects.in_force().filter(user=user).select_related("helper").order_by("role", "started_at", "pk")


# For the pages of helpers


def require_helper(user: User) -> None:
    """Refuse whoever is neither volunteer nor psychologist."""
    if not user.is_helper:
        raise PermissionDenied


def get_own_helper_profile(user: User) -> HelperProfile:
    """Return the helper's own profile, made on the first look."""
    require_helper(user)
    profile, _created = HelperProfile.objects.select_related("user").get_or_create(user=user)
    return profile


def get_own_hours(user: User, public_id: uuid.UUID) -> HelperHours:
    """Return hours of the helper's own; anybody else's do not exist for them (404)."""
    return get_object_or_404(HelperHours, profile__user=user, public_id=public_id)


def hours_of(profile: HelperProfile) -> list[HelperHours]:
    """Return a helper's hours in the order of the week."""
    return list(profile.hours.all())


def active_of_helper(helper: User) -> QuerySet[Assignment]:
    """Return the assignments of a helper that are in force, the newest first."""
    mine = Assignment.objects.in_force().filter(helper=helper)
    shared = consents.shows()  # `shows`: the person lets the helper see something
    return mine.annotate(shows=shared).select_related("user__profile").order_by("-started_at", "-pk")


def requests_to(helper: User) -> QuerySet[Assignment]:
    """Return the requests that wait for the helper's answer, the oldest first."""
    asked = Assignment.objects.asked().filter(consented("user"), helper=helper, user__is_active=True)
    return asked.select_related("user__profile").order_by("asked_at", "pk")


def get_request_to(helper: User, public_id: uuid.UUID) -> Assignment:
    """Return a request to this helper, answered or not; others do not exist for them (404)."""
    require_helper(helper)
    asked = Assignment.objects.filter(helper=helper, role=helper.role_now).select_related("user__profile", "helper")
    return get_object_or_404(asked, public_id=public_id)


# For the pages of those who look for help


def get_helper_for(reader: User, public_id: uuid.UUID) -> HelperProfile:
    """Return the profile of a helper whom people can choose; one's own is shown as others see it."""
    return get_object_or_404(finding.helpers().prefetch_related("hours"), public_id=public_id)


def open_of_user(user: User) -> list[Assignment]:
    """Return whom the person asked and who helps them now."""
    mine = Assignment.objects.filter(user=user, state__in=OPEN).select_related(
        "helper__profile", "helper__helper_profile"
    )
    return [a for a in mine.order_by("asked_at", "pk") if a.helper.is_active and a.role == a.helper.role_now]


def past_of_user(user: User, most: int = 5) -> list[Assignment]:
    """Return the last assignments and requests of the person that are over."""
    over = Assignment.objects.filter(user=user).exclude(state__in=OPEN).select_related("helper")
    return list(over.order_by("-ended_at", "-pk")[:most])


def get_own_request(user: User, public_id: uuid.UUID) -> Assignment:
    """Return a request or assignment of the person's own (404 for others)."""
    return get_object_or_404(Assignment.objects.select_related("helper"), user=user, public_id=public_id)


def get_assignment_of(person: User, public_id: uuid.UUID) -> Assignment:
    """Return what began between the person and somebody, also when it is over; for everybody else it is not (404).

    A helper without the role has nothing with anybody any more.
    """
    began = Assignment.objects.filter(started_at__isnull=False).select_related("user__profile", "helper__profile")
    found = get_object_or_404(began, public_id=public_id)
    if person != found.user and (person != found.helper or person.role_now != found.role):
        raise Http404
    return found


def waiting_place_of(user: User) -> WaitingPlace | None:
    """Return the person's place in the line, if they wait."""
    return WaitingPlace.objects.select_related("offered__user").filter(user=user).first()


def waiting_before(place: WaitingPlace) -> int:
    """Count who has waited longer for the same kind of helper, or for any."""
    earlier = WaitingPlace.objects.filter(since__lt=place.since)
    return (earlier.filter(role__in=["", place.role]) if place.role else earlier).count()


def is_offered(user: User, profile: HelperProfile) -> bool:
    """Say whether a free place of this helper is being kept for the person."""
    place = WaitingPlace.objects.select_related("offered__user").filter(user=user, offered=profile).first()
    return bool(place and place.offer_stands())
