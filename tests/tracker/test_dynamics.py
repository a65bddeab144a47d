"""How a mood went over a period: through the database, in any time zone, and in sentences."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.zones import ZONES
from tests.tracker.test_week import CHANGES, STRANGE
from tracker import sentences
from tracker.choices import WordKind
from tracker.dynamics import Dynamics, Point, WordEffect, dynamics_of, samples_of
from tracker.models import MoodEntry, OwnWord
from tracker.periods import Period, Span
from tracker.statistics import Effect, Sample
from tracker.words import Vocabulary, Word

ALMATY = ZoneInfo("Asia/Almaty")
DAY = date(2026, 11, 18)
CALENDAR = [Span.WEEK, Span.FORTNIGHT, Span.MONTH, Span.QUARTER, Span.YEAR]
zones = st.sampled_from([name for name, _label in ZONES] + STRANGE)
days = st.one_of(st.sampled_from(CHANGES), st.dates(date(2017, 1, 1), date(2027, 12, 31)))
# Around the day, around the neighbouring midnights, and far away; level 0 is an entry of words alone.
minutes = st.one_of(
    st.integers(-40 * 1440, 40 * 1440),
    st.integers(-15, 15).map(lambda d: d * 1440),
    st.integers(-900, 900).map(lambda d: d * 1440),
)
entries = st.lists(st.tuples(minutes, st.sampled_from([-1, 0, 0, 1]), st.integers(0, 5)), max_size=12)
in_database = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def entry(owner, level: int, moment: datetime, **more) -> MoodEntry:
    """Return an entry, not saved; level 0 is one of words alone."""
    return MoodEntry(owner=owner, level=level or None, note="" if level else "Сөз", felt_at=moment, **more)


def put(owner, zone: ZoneInfo, day: date, drawn: list) -> list[tuple[datetime, int]]:
    """Store drawn entries around a day, replacing what was there; return moments and levels in the order of time."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    felt = [(midnight + timedelta(minutes=m, microseconds=us), level) for m, us, level in drawn]
    MoodEntry.objects.all().delete()
    MoodEntry.objects.bulk_create([entry(owner, level, moment) for moment, level in felt])
    return sorted((item for item in felt if item[1]), key=lambda item: item[0])


def on_wall(felt: list, zone: ZoneInfo, first: date, last: date) -> list[tuple[datetime, int]]:
    """Say which moods lie on these days of the wall calendar, and at what time of the wall clock."""
    at = [(moment.astimezone(zone).replace(tzinfo=None, fold=0), level) for moment, level in felt]
    return [(moment, level) for moment, level in at if first <= moment.date() <= last]


# Through the database


@in_database
@given(zone=zones, day=days, span=st.sampled_from(CALENDAR), drawn=entries)
@example(zone="Africa/Cairo", day=date(2026, 4, 24), span=Span.WEEK, drawn=[(0, 0, 1), (0, -1, 2), (60, 0, 3)])
@example(zone="America/New_York", day=date(2026, 11, 1), span=Span.WEEK, drawn=[(60, 0, 1), (120, 0, 5), (180, 0, 2)])
@example(zone="Pacific/Apia", day=date(2011, 12, 31), span=Span.MONTH, drawn=[(-1, 0, 1), (0, 0, 5), (1440, 0, 2)])
def test_a_period_holds_what_the_calendar_on_the_wall_says(owner, zone, day, span, drawn):
    place = ZoneInfo(zone)
    felt = put(owner, place, day, drawn)
    with timezone.override(place):
        shown = dynamics_of(owner, span, day)
    period, before = Period.around(span, day), Period.around(span, day).before()
    expected = on_wall(felt, place, period.first, period.last)
    assert [(sample.at, sample.level) for sample in shown.samples] == expected
    earlier = on_wall(felt, place, before.first, before.last)
    assert [(sample.at, sample.level) for sample in shown.samples_before] == earlier
    for point, part in zip(shown.points, period.parts(), strict=True):
        assert sorted(point.levels) == sorted(level for _at, level in on_wall(felt, place, part.first, part.last))
    for i, (point, wanted) in enumerate([(p, "%H") for p in shown.hours] + [(p, "%w") for p in shown.weekdays]):
        group = f"{i:02}" if i < 24 else str((i - 24 + 1) % 7)
        assert sorted(point.levels) == sorted(level for at, level in expected if at.strftime(wanted) == group)


@in_database
@given(zone=zones, day=days, drawn=entries)
def test_all_time_begins_with_the_first_entry_and_holds_all_until_the_day(owner, zone, day, drawn):
    place = ZoneInfo(zone)
    felt = put(owner, place, day, drawn)
    with timezone.override(place):
        shown = dynamics_of(owner, Span.ALL, day)
    wall = [moment.astimezone(place).date() for moment in MoodEntry.objects.of(owner).values_list("felt_at", flat=True)]
    assert shown.period == Period(Span.ALL, min([*wall, day]), day)
    assert [(s.at, s.level) for s in shown.samples] == on_wall(felt, place, date.min, day)
    assert (shown.samples_before, shown.before, shown.change) == ([], None, None)


@in_database
@given(span=st.sampled_from(CALENDAR), drawn=entries)
def test_a_change_is_the_difference_of_exact_means(owner, span, drawn):
    felt = put(owner, ALMATY, DAY, drawn)
    with timezone.override(ALMATY):
        shown = dynamics_of(owner, span, DAY)
    means = []
    for period in (Period.around(span, DAY), Period.around(span, DAY).before()):
        levels = [level for _at, level in on_wall(felt, ALMATY, period.first, period.last)]
        means.append(Fraction(sum(levels), len(levels)) if levels else None)
    expected = None if None in means else pytest.approx(float(means[0] - means[1]), abs=1e-5)
    assert shown.change == expected


def test_other_peoples_moods_and_words_without_a_mood_count_nowhere(owner, other_user):
    noon = datetime(2026, 11, 18, 7, tzinfo=UTC)
    MoodEntry.objects.bulk_create([entry(other_user, 1, noon), entry(owner, 0, noon), entry(owner, 4, noon)])
    for span in Span:
        shown = dynamics_of(owner, span, DAY)
        assert [sample.level for sample in shown.samples] == [4]
        assert (shown.summary.count, shown.summary.mean) == (1, 4)


@pytest.mark.parametrize("span", Span)
def test_a_period_without_moods_is_empty_and_whole(owner, span):
    shown = dynamics_of(owner, span, DAY)
    assert (shown.summary, shown.before, shown.change) == (None, None, None)
    assert (shown.extremes, shown.causes, shown.feelings) == (([], []), [], [])
    assert [len(points) for points in (shown.weekdays, shown.hours)] == [7, 24]
    assert all(point.mean is point.nearest is None for point in [*shown.points, *shown.weekdays, *shown.hours])


@pytest.mark.parametrize("span", Span)
def test_one_mood_stands_in_one_point(owner, record, span):
    record(owner, 2, datetime(2026, 11, 18, 7, tzinfo=UTC))
    shown = dynamics_of(owner, span, DAY)
    for points in (shown.points, shown.weekdays, shown.hours):
        assert [point.levels for point in points if point.levels] == [[2]]


def test_the_codes_of_a_mood_come_with_it(owner):
    entry(owner, 3, datetime(2026, 11, 18, 7, tzinfo=UTC), feelings=["calm", "joy"], causes=["sleep"]).save()
    [sample] = samples_of(owner, Period.around(Span.WEEK, DAY))
    assert sample == Sample(datetime(2026, 11, 18, 12), 3, ("calm", "joy"), ("sleep",))


def test_own_words_are_named_and_removed_ones_are_left_out(owner):
    own = OwnWord.objects.create(owner=owner, kind=WordKind.CAUSE, word="Әже")
    codes = {own.code: 5, uuid.uuid4().hex: 5}
    for i in range(10):
        causes = [code for code in codes if i < 5]
        entry(owner, 5 if i < 5 else 1, datetime(2026, 11, 18, 7, tzinfo=UTC) - timedelta(days=i), causes=causes).save()
    [found] = dynamics_of(owner, Span.FORTNIGHT, DAY).causes
    assert (found.word.label, found.effect.difference) == ("Әже", 4)


@pytest.mark.parametrize("span", Span)
@pytest.mark.parametrize("count", [0, 1, 60])
def test_two_queries_read_a_period_however_much_it_holds(owner, span, count):
    moments = [datetime(2026, 11, 18, 7, tzinfo=UTC) - timedelta(hours=9 * i) for i in range(count)]
    MoodEntry.objects.bulk_create([entry(owner, 3, m, causes=["sleep"] if m.day % 2 else []) for m in moments])
    with CaptureQueriesContext(connection) as queries:
        shown = dynamics_of(owner, span, DAY)
        _ = shown.points, shown.weekdays, shown.hours, shown.extremes, shown.causes, shown.feelings
        sentences.overview(shown)
    assert len(queries) == 2
    assert not any('"note"' in query["sql"] for query in queries)


# In sentences

levels = st.lists(st.integers(1, 5), min_size=1, max_size=30)


def exact(own: list[int]) -> Fraction:
    return Fraction(sum(own), len(own))


def dynamics(span: Span, now: list[int], before: list[int]) -> Dynamics:
    taken = [[Sample(datetime(2026, 11, 18, 9), level) for level in own] for own in (now, before)]
    return Dynamics(Period.around(span, DAY), *taken, Vocabulary(None))


def shown_number(said: str) -> Fraction:
    [number] = re.findall(r"\d\.\d", said)
    return Fraction(number)


@pytest.mark.parametrize("span", Span)
@pytest.mark.parametrize("before", [[], [1, 5]])
def test_an_empty_period_is_said_without_blame_or_comparison(span, before):
    said = sentences.overview(dynamics(span, [], before))
    assert said == "No mood is recorded in this period. That is all right."


@given(st.sampled_from(CALENDAR), levels, levels)
def test_a_period_is_compared_with_the_one_before_by_exact_means(span, now, before):
    change = exact(now) - exact(before)
    word = "better" if change >= Fraction(3, 10) else "harder" if change <= Fraction(-3, 10) else "about the same"
    said = sentences.overview(dynamics(span, now, before))
    assert [w for w in ("better", "harder", "about the same") if w in said] == [word]
    assert ("two weeks" if span == Span.FORTNIGHT else f"This {span.value}") in said


@given(st.sampled_from(list(Span)), levels)
def test_without_a_period_before_nothing_is_compared(span, now):
    said = sentences.overview(dynamics(span, now, []))
    assert not [word for word in ("better", "harder", "same") if word in said]
    count = f"You recorded your mood {len(now)} time{'s' if len(now) > 1 else ''}."
    assert said.startswith(f"{count} On average: ")


@given(levels)
def test_how_even_a_mood_was_is_said_by_its_exact_variance_and_never_of_one_mood(now):
    variance = sum((level - exact(now)) ** 2 for level in now) / len(now)
    even, little = variance < Fraction(49, 100), variance < Fraction(144, 100)
    word = "was even." if even else "changed a little." if little else "changed a lot."
    said = sentences.overview(dynamics(Span.WEEK, now, []))
    assert said.endswith(f"Your mood {word}") if len(now) > 1 else "Your mood" not in said


def effect(with_it: list[int], without: list[int]) -> WordEffect:
    means = (float(exact(own)) for own in (with_it, without))
    return WordEffect(Word("sleep", "Sleep", "moon"), Effect("sleep", len(with_it), len(without), *means))


@given(levels, levels)
@example([3] * 7 + [4] * 3, [3])  # 3.3 - 3.0 is 0.2999...
@example([3, 3, 3, 4, 4], [2, 2, 2, 2, 3])  # 3.4 - 2.2 is 1.1999...
def test_an_effect_says_direction_and_number_as_fractions_do(with_it, without):
    difference = exact(with_it) - exact(without)
    said = sentences.of_effect(effect(with_it, without))
    assert said.startswith("On days with “Sleep” your mood is ")
    if abs(difference) < Fraction(3, 10):
        assert said.endswith(" about the same.")
    else:
        assert said.endswith(" higher." if difference > 0 else " lower.")
        assert abs(shown_number(said) - abs(difference)) <= Fraction(1, 20)


@given(levels)
@example([3, 4, 4])
def test_a_column_says_its_name_its_mean_and_its_count(own):
    said = sentences.of_point(Point("Monday", "Mon", own))
    assert said.startswith("Monday: ")
    assert abs(shown_number(said) - exact(own)) <= Fraction(1, 20)
    assert said.endswith(f"({len(own)} {'entry' if len(own) == 1 else 'entries'})")


@given(st.lists(st.lists(st.integers(1, 5), max_size=3), max_size=7))
def test_only_columns_that_hold_something_are_said(groups):
    points = [Point(f"Column {i}", str(i), own) for i, own in enumerate(groups)]
    said = sentences.of_points(points)
    assert said.endswith(".")
    assert re.findall(r"Column (\d)", said) == [str(i) for i, own in enumerate(groups) if own]


def test_an_empty_column_says_so():
    assert sentences.of_point(Point("Monday", "Mon", [])) == "Monday: no entry"


@given(
    st.lists(st.lists(st.integers(1, 5), max_size=10), min_size=2, max_size=7).filter(lambda g: sum(map(bool, g)) > 1)
)
@example([[3] * 7 + [4] * 3, [3]])
def test_the_highest_and_the_lowest_are_named_only_when_they_differ(groups):
    points = [Point(f"Column {i}", str(i), own) for i, own in enumerate(groups)]
    said = sentences.best_of(points, "best %(name)s", "hardest %(name)s", "same")
    means = {f"Column {i}": exact(own) for i, own in enumerate(groups) if own}
    if max(means.values()) - min(means.values()) < Fraction(3, 10):
        assert said == "same"
    else:
        best, hardest = re.fullmatch("best (.*) hardest (.*)", said).groups()
        assert (means[best], means[hardest]) == (max(means.values()), min(means.values()))
