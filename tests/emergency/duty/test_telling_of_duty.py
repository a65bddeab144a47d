"""What time tells people of: a shift that begins soon, days in which nobody is on duty."""

import pytest

from emergency.duty import services, telling
from emergency.duty.tasks import remind_of_shifts, tell_of_gaps
from emocare.notices import Audience
from notifications.kinds import for_person, table
from tests.support.duty import at, shift_of
from tests.support.news import told


def test_who_is_on_duty_soon_is_told_once_and_who_is_there_already_is_not(clock, asel, marat, dana):
    shift_of(asel, at(23, 11))
    shift_of(marat, at(23, 11), 4)
    shift_of(dana, at(23, 10))
    clock.move_to(at(23, 9, 59))
    remind_of_shifts.func(timestamp=0)
    assert told() == ["duty_begins soon"]
    clock.move_to(at(23, 10))
    assert [telling.remind(at(23, 10, 1)), telling.remind(at(23, 10, 5))] == [2, 0]
    assert [told(person) for person in (asel, marat, dana)] == [["duty_begins soon"]] * 3


def test_a_shift_that_was_given_up_reminds_nobody_and_one_that_was_moved_does_again(asel, marat, admin):
    given_up, shift = shift_of(asel, at(23, 10, 30)), shift_of(marat, at(23, 10, 30))
    services.give_up(shift=given_up)
    assert telling.remind(at(23, 10)) == 1
    services.change(shift=shift, psychologist=marat, starts_at=at(23, 12), ends_at=at(23, 20), rest=False, by=admin)
    assert [telling.remind(at(23, 10, 30)), telling.remind(at(23, 11, 5))] == [0, 1]


def test_administrators_hear_once_a_day_of_hours_without_anybody(clock, asel, admin):
    shift_of(asel, at(23, 10), 24)
    shift_of(asel, at(24, 10), 24)
    shift_of(asel, at(25, 10), 23)
    tell_of_gaps.func(timestamp=0)
    assert telling.tell_of_gaps(at(23, 12)) == 0
    assert [told(admin), told(asel)] == [["duty_gaps ahead"], []]
    assert telling.tell_of_gaps(at(24, 10)) == 1


def test_one_alone_on_duty_is_no_reason_to_write(asel, marat, admin):
    for turn in range(6):
        shift_of((asel, marat)[turn % 2], at(23 + turn // 2, 10 + 12 * (turn % 2)), 12)
    assert telling.tell_of_gaps(at(23, 10)) == 0


@pytest.mark.parametrize("kind", ["duty_gaps", "duty_exchanges"])
def test_only_administrators_find_what_only_they_are_told(asel, admin, kind):
    assert table()[kind].audience == Audience.ADMINISTRATORS
    assert table()[kind] in for_person(admin)
    assert table()[kind] not in for_person(asel)
