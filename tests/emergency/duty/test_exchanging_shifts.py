"""A shift changes hands: one asks, a colleague agrees, an administrator approves."""

import pytest

from accounts.models import User
from emergency.choices import SwapState
from emergency.duty import services, swaps
from emergency.duty.access import on_duty, swaps_for, swaps_to_approve
from emergency.duty.services import NotSo
from emergency.models import Shift, Swap
from tests.support.duty import at, shift_of
from tests.support.news import told


@pytest.fixture
def shift(asel) -> Shift:
    return shift_of(asel, at(24, 8))


@pytest.fixture
def asked(shift, marat) -> Swap:
    return swaps.ask(shift=shift, to=marat)


@pytest.fixture
def agreed(asked, admin) -> Swap:
    swaps.answer(swap=asked, agreed=True)
    return asked


def state(swap: Swap) -> str:
    return Swap.objects.get(pk=swap.pk).state


def refused(act, **given) -> bool:
    with pytest.raises(NotSo):
        act(**given)
    return True


def test_asked_agreed_and_approved_the_shift_is_the_colleagues(asel, marat, admin, agreed):
    assert on_duty(at(24, 9)) == [asel]
    swaps.decide(swap=agreed, administrator=admin, approved=True)
    assert on_duty(at(24, 9)) == [marat]
    assert told(asel) == ["duty agreed", "duty approved"]
    assert told(marat) == ["duty asked", "duty yours"]
    assert told(admin) == ["duty_exchanges agreed"]
    assert refused(swaps.decide, swap=agreed, administrator=admin, approved=False)
    assert state(agreed) == SwapState.APPROVED


def test_either_may_say_no_and_the_shift_stays(asel, marat, dana, admin, asked, shift):
    swaps.answer(swap=asked, agreed=False)
    assert refused(swaps.answer, swap=asked, agreed=True)
    other = swaps.ask(shift=shift, to=dana)
    swaps.answer(swap=other, agreed=True)
    swaps.decide(swap=other, administrator=admin, approved=False)
    assert [state(asked), state(other)] == [SwapState.REFUSED] * 2
    assert on_duty(at(24, 9)) == [asel]
    assert told(asel) == ["duty declined", "duty agreed", "duty refused"]


def test_who_asked_may_keep_the_shift_until_it_is_decided(asel, marat, admin, agreed):
    swaps.take_back(swap=agreed)
    assert swaps_to_approve(admin) == []
    assert refused(swaps.decide, swap=agreed, administrator=admin, approved=True)
    assert told(marat)[-1] == "duty called_off"
    assert on_duty(at(24, 9)) == [asel]


def test_one_colleague_is_asked_at_a_time_and_asking_twice_is_once(marat, dana, shift, asked):
    assert swaps.ask(shift=shift, to=marat) == asked
    assert refused(swaps.ask, shift=shift, to=dana)
    assert told(marat) == ["duty asked"]


def test_nobody_is_asked_who_has_a_shift_then_or_is_no_psychologist(marat, dana, owner, shift):
    shift_of(marat, at(24, 15))
    assert refused(swaps.ask, shift=shift, to=marat)
    assert refused(swaps.ask, shift=shift, to=owner)
    assert swaps.ask(shift=shift, to=dana)


def test_a_colleague_who_got_another_shift_meanwhile_does_not_get_this_one(asel, marat, admin, agreed):
    shift_of(marat, at(24, 15))
    assert refused(swaps.decide, swap=agreed, administrator=admin, approved=True)
    User.objects.filter(pk=marat.pk).update(role="user")
    Shift.objects.filter(psychologist=marat).delete()
    assert refused(swaps.decide, swap=agreed, administrator=admin, approved=True)
    assert on_duty(at(24, 9)) == [asel]


def test_an_exchange_whose_shift_has_begun_is_over(clock, asel, marat, admin, asked):
    assert swaps_for(marat) == [asked]
    clock.move_to(at(24, 8))
    assert swaps_for(marat) == []
    assert refused(swaps.answer, swap=asked, agreed=True)
    assert refused(swaps.take_back, swap=asked)
    assert on_duty() == [asel]


def test_a_shift_that_an_administrator_changes_is_asked_for_no_more(asel, marat, admin, agreed, shift):
    services.change(shift=shift, psychologist=asel, starts_at=at(24, 9), ends_at=at(24, 17), rest=False, by=admin)
    assert refused(swaps.decide, swap=agreed, administrator=admin, approved=True)
    assert told(marat)[-1] == "duty called_off"
