"""Who may see which news: everybody their own, as long as they are of use."""

import uuid
from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.factors import sessions
from accounts.factors.access import Step
from accounts.kin import gate
from accounts.models import User
from notifications.kinds import table
from notifications.models import Notification

MOST = 100  # unread news are counted up to here: more is "99+"
UNREAD = "unread_news"  # the attribute of a person that holds their number
_COUNT = (
    "(SELECT count(*) FROM (SELECT 1 FROM notifications_notification n"
    " WHERE n.user_id = accounts_user.id AND n.read_at IS NULL{} LIMIT %s) unread)"
)


def _over() -> Q:
    """Return a condition for news that are of no use any more."""
    now = timezone.now()
    ends = [Q(kind=kind.key, made_at__lt=now - kind.lasts) for kind in table().values() if kind.lasts]
    return reduce(or_, ends, Q(pk__in=[]))


def news_of(user: User) -> QuerySet[Notification]:
    """Return a person's news, newest first."""
    return Notification.objects.filter(user=user).exclude(_over()).order_by("-made_at", "-id")


def get_news_for(user: User, public_id: uuid.UUID) -> Notification:
    """Return one of the person's own news, or 404."""
    return get_object_or_404(news_of(user), public_id=public_id)


def unread(people: Collection[int]) -> dict[int, int]:
    """Return for each of these people how many news they have not read, in one query."""
    counted = with_unread(User.objects.filter(pk__in=people)).values_list("pk", UNREAD)
    return dict.fromkeys(people, 0) | dict(counted)


def with_unread(people: QuerySet[User]) -> QuerySet[User]:
    """Let people carry the number of their unread news, which costs no query of its own.

    By hand: each page loads its person, and Django takes longer to write this than PostgreSQL to answer it.
    """
    lasting = [kind for kind in table().values() if kind.lasts]
    ends = " AND NOT (n.kind = %s AND n.made_at < %s)" * len(lasting)
    given = [value for kind in lasting for value in (kind.key, timezone.now() - kind.lasts)]
    return people.annotate(**{UNREAD: RawSQL(_COUNT.format(ends), [*given, MOST])})  # noqa: S611 -- no text of anybody


def unread_of(user: User) -> int:
    """Return how many news the person of a request has not read."""
    number = getattr(user, UNREAD, None)
    return unread([user.pk])[user.pk] if number is None else number


def count_anew(user: User) -> None:
    """Forget the number that the person of a request was loaded with."""
    if hasattr(user, UNREAD):
        delattr(user, UNREAD)


def is_open_to(request: HttpRequest) -> bool:
    """Say whether the person of a request sees their news: signed in to the end, and with no consent missing."""
    user = request.user
    if not user.is_authenticated:
        return False
    verified = getattr(user, "is_verified", bool)() or sessions.step_before(user, request.session) == Step.NONE
    return verified and gate.page_for(request) is None
