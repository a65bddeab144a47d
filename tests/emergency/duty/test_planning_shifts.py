"""Shifts are planned, repeated by the clock on the wall, changed, taken away and given up."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import User
from emergency.duty import services, swaps
from emergency.duty.access import on_duty
from emergency.duty.services import NotSo
from emergency.models import Shift, Swap
from tests.accounts.support import at_once
from tests.support.cast import make_person
from tests.support.duty import at, shift_of
from tests.support.news import told

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def planned(person: User, begins: datetime, hours: float, by: User, until: date | None = None) -> list[Shift]:
    ends = begins + timedelta(hours=hours)
    return services.plan(psychologist=person, starts_at=begins, ends_at=ends, weekly_until=until, by=by)


def refusal(act, *given, **more) -> str | None:
    with pytest.raises(NotSo) as refused:
        act(*given, **more)
    return refused.value.field


def moved(shift: Shift, person: User, begins: datetime, by: User, hours: float = 8, rest: bool = False) -> list[Shift]:
    ends = begins + timedelta(hours=hours)
    return services.change(shift=shift, psychologist=person, starts_at=begins, ends_at=ends, rest=rest, by=by)


def test_a_shift_is_planned_and_told(asel, admin):
    (shift,) = planned(asel, at(24, 22), 10, admin)
    assert (shift.series, on_duty(at(25, 3))) == (None, [asel])
    assert told(asel) == ["duty planned"]


def test_a_series_repeats_every_week_to_its_last_day(asel, admin):
    made = planned(asel, at(24, 22), 10, admin, until=date(2026, 12, 8))
    assert [shift.starts_at for shift in made] == [at(24, 22), at(31, 22), at(38, 22)]
    assert len({shift.series for shift in made}) == 1


@pytest.mark.parametrize(
    ("zone", "first", "hours", "night"),
    [
        (BERLIN, datetime(2027, 3, 20, 22), 10, 9),  # clocks go forward in the night of the 28th
        (NEW_YORK, datetime(2027, 10, 30, 22), 10, 11),  # and back in that of 7 November
    ],
)
def test_a_series_keeps_its_hours_on_the_wall_when_clocks_change(clock, asel, admin, zone, first, hours, night):
    clock.move_to(first.replace(tzinfo=UTC) - timedelta(days=2))
    with timezone.override(zone):
        begins, ends = first.replace(tzinfo=zone), (first + timedelta(hours=hours)).replace(tzinfo=zone)
        until = first.date() + timedelta(days=7)
        made = services.plan(psychologist=asel, starts_at=begins, ends_at=ends, weekly_until=until, by=admin)
        walls = [(timezone.localtime(s.starts_at).hour, timezone.localtime(s.ends_at).hour) for s in made]
    assert walls == [(22, 8), (22, 8)]
    assert [(s.ends_at - s.starts_at) / timedelta(hours=1) for s in made] == [hours, night]


def test_a_week_whose_clock_leaves_the_hours_out_has_no_shift(clock, asel, admin):
    clock.move_to(datetime(2027, 3, 20, tzinfo=UTC))
    with timezone.override(BERLIN):
        begins = datetime(2027, 3, 21, 2, tzinfo=BERLIN)
        made = planned(asel, begins, 1, admin, until=date(2027, 4, 4))
    assert [shift.starts_at.astimezone(BERLIN).day for shift in made] == [21, 4]


def test_nobody_gets_two_shifts_at_a_time_and_the_form_says_with_which(asel, marat, admin):
    shift_of(asel, at(31, 6))
    assert refusal(planned, asel, at(24, 5), 2, admin, until=date(2026, 12, 8)) == "start"
    assert not Shift.objects.filter(starts_at__lt=at(31)).exists()
    assert planned(asel, at(24, 5), 2, admin)
    assert planned(asel, at(31, 14), 8, admin)
    assert planned(marat, at(31, 6), 8, admin)


@pytest.mark.django_db(transaction=True)
def test_of_three_who_plan_for_one_person_at_once_only_one_does():
    asel, admin = make_person("asel", role="psychologist"), make_person("admin", is_staff=True)

    def attempt(later: int) -> bool:
        try:
            return bool(planned(asel, at(24, 8, later), 8, admin))
        except NotSo:
            return False

    assert sorted(at_once(lambda: attempt(0), lambda: attempt(30), lambda: attempt(59))) == [False, False, True]


def test_what_cannot_be_planned_is_said_beside_its_field(asel, owner, admin):
    assert refusal(planned, asel, at(22, 8), 8, admin) == "day"
    assert refusal(planned, asel, at(24, 8), 25, admin) == "end"
    assert refusal(planned, asel, at(24, 8), 8, admin, until=date(2028, 1, 1)) == "weekly_until"
    assert refusal(planned, owner, at(24, 8), 8, admin) == "who"
    User.objects.filter(pk=asel.pk).update(role_until=date(2026, 11, 23))
    assert refusal(planned, asel, at(24, 8), 8, admin) == "who"


def test_a_psychologist_takes_only_hours_in_which_somebody_is_missing_and_at_most_twelve(asel, marat, dana):
    def own(begins: datetime, hours: float) -> list[Shift]:
        return services.plan_own(psychologist=dana, starts_at=begins, ends_at=begins + timedelta(hours=hours))

    shift_of(asel, at(24, 8), 12)
    shift_of(marat, at(24, 8), 10)
    assert refusal(own, at(24, 9), 8) == "start"
    assert refusal(own, at(24, 10), 13) == "end"
    assert own(at(24, 10), 12)
    assert told() == []


def test_more_than_48_hours_in_a_week_are_noticed(asel, admin):
    for day in (23, 24, 25):
        made = planned(asel, at(day, 12), 16, admin)
    assert services.heavy_week(asel, made) is None
    shift_of(asel, at(22, 1), 10)  # of the week before
    made = planned(asel, at(28, 8), 1, admin)
    assert services.heavy_week(asel, made) == (date(2026, 11, 23), 49)


def test_one_shift_of_a_series_is_changed_and_leaves_it(asel, marat, admin):
    made = planned(asel, at(24, 8), 8, admin, until=date(2026, 12, 8))
    moved(made[1], marat, at(31, 9), admin)
    assert [told(asel)[-1], told(marat)] == ["duty removed", ["duty planned"]]
    moved(made[0], asel, at(24, 12), admin, rest=True)
    assert list(Shift.objects.order_by("starts_at").values_list("starts_at", "psychologist")) == [
        (at(24, 12), asel.pk),
        (at(31, 9), marat.pk),
        (at(38, 12), asel.pk),
    ]
    assert told(asel)[-1] == "duty changed"


def test_the_rest_of_a_series_is_changed_and_what_was_before_stays(asel, admin):
    made = planned(asel, at(24, 8), 8, admin, until=date(2026, 12, 15))
    moved(made[1], asel, at(32, 22), admin, hours=10, rest=True)
    assert list(Shift.objects.order_by("starts_at").values_list("starts_at", "ends_at")) == [
        (at(24, 8), at(24, 16)),
        (at(32, 22), at(33, 8)),
        (at(39, 22), at(40, 8)),
        (at(46, 22), at(47, 8)),
    ]
    assert refusal(moved, made[0], asel, at(28, 8), admin, rest=True) == "day"


def test_a_series_is_not_moved_onto_other_shifts(asel, admin):
    made = planned(asel, at(24, 8), 8, admin, until=date(2026, 12, 8))
    shift_of(asel, at(38, 16))
    assert refusal(moved, made[0], asel, at(24, 12), admin, rest=True) == "start"
    assert Shift.objects.filter(starts_at=at(24, 8)).exists()


def test_one_or_the_rest_of_a_series_is_taken_away(asel, admin):
    made = planned(asel, at(24, 8), 8, admin, until=date(2026, 12, 15))
    services.remove(shift=made[0], rest=False, by=admin)
    services.remove(shift=made[2], rest=True, by=admin)
    assert [shift.pk for shift in Shift.objects.all()] == [made[1].pk]
    assert told(asel)[-1] == "duty removed"
    assert refusal(services.remove, shift=made[0], rest=False, by=admin) is None


def test_who_cannot_come_is_free_and_administrators_know_at_once(asel, marat, admin):
    begun, coming = shift_of(asel, at(23, 8)), shift_of(asel, at(24, 8))
    swaps.ask(shift=coming, to=marat)
    services.give_up(shift=begun)
    services.give_up(shift=coming)
    assert on_duty() == []
    assert list(Shift.objects.values_list("starts_at", "ends_at")) == [(at(23, 8), at(23, 10))]
    assert not Swap.objects.exists()
    assert told(admin) == ["duty_gaps given_up", "duty_gaps given_up"]
    assert told(marat) == ["duty asked", "duty called_off"]
    assert refusal(services.give_up, shift=begun) is None
