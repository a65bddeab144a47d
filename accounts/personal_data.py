"""What accounts, and the libraries that it uses, keep of people: `accounts.personal.registry` says how to read it."""

from django.db import transaction
from django.db.models import F, Func, Q, Value

from accounts.helping import services as helping
from accounts.kin import supporting
from accounts.models import Support, User, WaitingPlace
from accounts.personal import helping as helping_tables
from accounts.personal import operation, people, signin
from accounts.signin import services as signin_services

TABLES = [*people.TABLES, *helping_tables.TABLES, *signin.TABLES, *operation.TABLES]


@transaction.atomic
def end_helping(*, user: User) -> None:
    """End what the person has with helpers, and as a helper with people; the others hear that it ended."""
    helping.part_with_all(user=user)
    helping.end_all(helper=user, actor=user, reason="")
    if profile := getattr(user, "helper_profile", None):
        without = Func(F("passed"), Value(profile.pk), function="array_remove")
        WaitingPlace.objects.filter(passed__contains=[profile.pk]).update(passed=without)


@transaction.atomic
def end_supporting(*, user: User) -> None:
    """End supporting from both sides."""
    both = Support.objects.filter(Q(owner=user) | Q(supporter=user), ended_at__isnull=True)
    for support in both.select_related("owner", "supporter").order_by("pk"):
        supporting.end(support=support, by=user)


def end_sessions(*, user: User) -> None:
    """Sign the person out everywhere."""
    signin_services.end_sessions(user, user.sign_ins.all())


ENDINGS = [end_helping, end_supporting, end_sessions]
