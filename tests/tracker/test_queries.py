"""Pages cost the same with one entry and with sixty."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tracker.models import MoodEntry, OwnWord

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # Sunday evening in Almaty


def entries(owner, count: int, hours: int = 1) -> None:
    word = OwnWord.objects.filter(owner=owner).first() or OwnWord.objects.create(owner=owner, kind="cause", word="өзен")
    moments = [NOW - timedelta(hours=hours * i) for i in range(count)]
    causes = ["pain", word.code]
    MoodEntry.objects.bulk_create(
        [MoodEntry(owner=owner, level=3, felt_at=moment, causes=causes) for moment in moments]
    )


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/en/dashboard/", 4),
        ("/en/mood/", 6),
        ("/en/mood/week/", 5),
        ("/en/mood/record/", 4),
        ("/en/mood/journal/", 6),
        ("/en/mood/dynamics/?span=month", 5),
        ("/en/mood/two-weeks/", 5),
        ("/en/mood/report/?span=fortnight&notes=on", 6),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_the_number_of_queries_does_not_grow(as_person, owner, address, most):
    client, counts = as_person(owner), []
    for more in (1, 59):
        entries(owner, more)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= most


@pytest.mark.parametrize("since", [None, NOW - timedelta(days=7)], ids=["list", "week"])
def test_the_list_and_the_week_are_read_by_the_index(owner, other_user, since):
    for person in (owner, other_user):
        entries(person, 3000, hours=12)
    own = MoodEntry.objects.of(owner)
    wanted = own.filter(felt_at__gte=since, felt_at__lt=NOW) if since else own[:30]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tracker_moodentry")
    plan = wanted.explain()
    assert "mood_by_owner_and_time" in plan
    assert "Seq Scan" not in plan
