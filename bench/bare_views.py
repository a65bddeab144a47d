"""The pages' queries as anybody would write them in a bare Django view, each from the person of the request.

bench.reference checks that each asks the database for just what its page asks for.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest
from django.utils import timezone

from emergency.access import going_on
from tests_app.models import Result, Run, TakingStyle, Version
from tests_app.questionnaire import of
from tests_app.sharing.access import open_invitations
from tracker.models import MoodEntry, ReportOffer

LATEST = 3
RESULTS = 30


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
    going_on(request.user)  # who writes these two queries anew writes the same
    open_invitations(request.user)


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


def _run(request: HttpRequest) -> Run:
    own = Run.objects.filter(owner=request.user).select_related("version__instrument").defer("version__content")
    return own.filter(public_id=request.path.split("/")[4]).first()


def question(request: HttpRequest) -> None:
    run = _run(request)
    json.loads(run.answers)
    TakingStyle.objects.filter(owner=request.user).values_list("layout", flat=True).first()


def answer(request: HttpRequest) -> None:
    run = _run(request)
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run.pk)
        item = request.POST["question"]
        run.answers = json.dumps(json.loads(run.answers) | {item: int(request.POST[f"q_{item}"])})
        run.save(update_fields=["answers", "updated_at"])


def taking(request: HttpRequest) -> None:
    (answer if request.method == "POST" else question)(request)


def _results(request: HttpRequest) -> QuerySet:
    own = Result.objects.filter(owner=request.user).order_by("-finished_at", "-pk")
    return own.select_related("version__instrument").defer("version__content")


def result(request: HttpRequest) -> None:
    found = _results(request).get(public_id=request.path.split("/")[4])
    json.loads(found.answers)
    if offered := next((band.offer for band in of(found.version).bands if band.code == found.band), ""):
        versions = Version.objects.filter(state="published").defer("content").select_related("instrument")
        versions.filter(instrument__key=offered).first()


def history(request: HttpRequest) -> None:
    own = _results(request).defer("answers", "version__content").filter(instrument__key=request.path.split("/")[4])
    list(own.annotate(total=Window(Count("pk")))[:RESULTS])


VIEWS: dict[str, Callable[[HttpRequest], None]] = {
    "dashboard": dashboard,
    "tracker": tracker,
    "dynamics": month,
    "take_test": taking,
    "test_result": result,
    "test_history_of": history,
}
