"""Who is on duty now and next, and which hours lack somebody."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.choices import Role
from accounts.demo import DOMAIN
from accounts.models import User
from emergency.duty import demo
from emergency.duty.access import next_on_duty, on_duty
from emergency.duty.gaps import gaps
from emergency.models import Shift
from tests.support.cast import make_person
from tests.support.duty import at, shift_of

ROLE_OVER = {"role_until": date(2026, 11, 22)}


def test_somebody_is_on_duty_from_the_first_moment_of_the_shift_to_the_last(asel):
    shift_of(asel, at(23, 22), 10)
    assert [on_duty(at(23, 21, 59)), on_duty(at(23, 22)), on_duty(at(24)), on_duty(at(24, 8))] == [
        [],
        [asel],
        [asel],
        [],
    ]


def test_of_two_on_duty_each_is_named_once_also_where_shifts_touch(asel, marat):
    shift_of(asel, at(23, 2), 8)
    shift_of(asel, at(23, 10), 8)
    shift_of(marat, at(23, 9), 2)
    assert on_duty() == [marat, asel]


@pytest.mark.parametrize("change", [ROLE_OVER, {"role": Role.USER}, {"is_active": False}])
def test_whose_role_has_ended_is_not_on_duty_and_the_gap_shows(asel, change):
    shift_of(asel, at(23, 8))
    shift_of(asel, at(23, 20))
    User.objects.filter(pk=asel.pk).update(**change)
    assert on_duty() == next_on_duty(at(23, 18)) == []
    assert [(gap.begins, gap.ends, gap.people) for gap in gaps(at(23, 8), at(24, 8))] == [(at(23, 8), at(24, 8), 0)]


def test_a_role_that_ends_during_a_shift_counts_to_the_end_of_its_last_day(asel):
    shift_of(asel, at(23, 20), 10)
    User.objects.filter(pk=asel.pk).update(role_until=date(2026, 11, 23))
    assert on_duty(at(23, 23)) == [asel]
    assert on_duty(at(24, 1)) == []
    assert [gap.people for gap in gaps(at(23, 20), at(24, 6))] == [1, 0]


def test_next_are_all_whose_shift_begins_first_within_twelve_hours_and_who_are_not_there_already(asel, marat, dana):
    for person, hour in ((asel, 8), (asel, 16), (marat, 17), (dana, 17)):
        shift_of(person, at(23, hour), 7)
    assert next_on_duty() == [marat, dana]
    assert next_on_duty(at(23, 4)) == [asel]
    assert next_on_duty(at(23, 16, 59)) == [marat, dana]
    assert next_on_duty(at(22, 19)) == next_on_duty(at(23, 17)) == []


def test_each_is_one_question_to_the_database(asel, marat, django_assert_num_queries):
    for person in (asel, marat):
        shift_of(person, at(23, 8))
        shift_of(person, at(23, 18))
    with django_assert_num_queries(1):
        assert len(on_duty()) == 2
    with django_assert_num_queries(1):
        next_on_duty()
    with django_assert_num_queries(1):
        gaps(at(23), at(37))


def test_the_database_refuses_two_shifts_of_one_person_at_a_time(asel, marat):
    shift_of(asel, at(23, 8))
    shift_of(marat, at(23, 8))
    shift_of(asel, at(23, 16))
    with pytest.raises(IntegrityError), transaction.atomic():
        shift_of(asel, at(23, 23), 2)


def test_gaps_are_said_in_words_by_how_many_are_missing(asel, marat):
    shift_of(asel, at(23, 12), 14)
    shift_of(marat, at(23, 20), 12)
    with translation.override("en"):
        found = [gap.in_words for gap in gaps(at(23, 10), at(24, 10))]
    assert found == [
        "Nobody is on duty: Monday, 23 November, 10:00 to 12:00",
        "Only one person is on duty: Monday, 23 November, 12:00 to 20:00",
        "Only one person is on duty: Tuesday, 24 November, 02:00 to 08:00",
        "Nobody is on duty: Tuesday, 24 November, 08:00 to 10:00",
    ]


def test_gaps_that_touch_are_one_also_over_midnight_and_over_days(asel, marat):
    shift_of(asel, at(23, 8))
    shift_of(marat, at(23, 16))
    with translation.override("en"):
        alone, nobody = (gap.when for gap in gaps(at(23, 8), at(26)))
    assert alone == "Monday, 23 November, 08:00 to 24:00"
    assert nobody == "Tuesday, 24 November, 00:00, until Thursday, 26 November, 00:00"


def test_in_the_demonstration_somebody_is_on_duty_at_every_hour_of_weeks_also_after_another_start(clock):
    for name in ("psychologist", "psychologist2"):
        make_person(name, email=f"{name}@{DOMAIN}", role=Role.PSYCHOLOGIST)
    demo.load()
    Shift.objects.filter(starts_at__gt=at(30)).delete()
    demo.load()
    missing = gaps(timezone.now(), timezone.now() + timedelta(days=26))
    assert missing
    assert not any(gap.nobody for gap in missing)
    clock.move_to(at(31 + 9, 3))
    demo.load()
    assert on_duty()
    assert not any(gap.nobody for gap in gaps(timezone.now(), timezone.now() + timedelta(days=26)))
