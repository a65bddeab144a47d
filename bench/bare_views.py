"""The pages' queries as anybody would write them in a bare Django view, each from the person of the request.

bench.reference checks that each asks the database for just what its page asks for.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tracker.models import MoodEntry, ReportOffer

LATEST = 3


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _moods(request: HttpRequest, start: datetime, end: datetime) -> QuerySet:
    own = MoodEntry.objects.filter(owner=request.user)
    return own.filter(level__isnull=False).filter(felt_at__gte=start, felt_at__lt=end)


def _week(request: HttpRequest) -> None:
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    first = min(monday - timedelta(days=7), today - timedelta(days=13))
    start, end = _moment(first), _moment(monday + timedelta(days=7))
    list(_moods(request, start, end).order_by("felt_at", "pk").only("felt_at", "level"))


def dashboard(request: HttpRequest) -> None:
    _week(request)


def tracker(request: HttpRequest) -> None:
    _week(request)
    ReportOffer.objects.filter(owner=request.user).first()
    list(MoodEntry.objects.filter(owner=request.user).order_by("-felt_at", "-pk")[:LATEST])


def month(request: HttpRequest) -> None:
    first = timezone.localdate().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    for start, end in ((first, after), (before, first)):
        moods = _moods(request, _moment(start), _moment(end))
        list(moods.order_by("felt_at", "pk").values_list("felt_at", "level", "feelings", "causes"))


VIEWS: dict[str, Callable[[HttpRequest], None]] = {"dashboard": dashboard, "tracker": tracker, "dynamics": month}
