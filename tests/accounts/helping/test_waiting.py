"""The line: a free place is offered to whoever waits longest and can talk with the helper."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.helping import services, waiting
from accounts.models import Assignment, HelperProfile, WaitingPlace
from tests.accounts.helping.conftest import run_out
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.news import told

pytestmark = pytest.mark.django_db
NOW = "2026-11-23 05:00 +0000"


@pytest.fixture
def full(make_helper, admin) -> HelperProfile:
    profile = make_helper("full", own_limit=1)
    services.assign(user=make_person("first"), helper=profile.user, actor=admin, reason="")
    return profile


def wait(person, minutes: int, **wish) -> WaitingPlace:
    return WaitingPlace.objects.create(user=person, since=timezone.now() - timedelta(minutes=minutes), **wish)


def shown(client) -> str:
    return text_of(page(client.get("/en/helpers/mine/")).main)


@pytest.fixture
def set_free(full, django_capture_on_commit_callbacks):
    """Return a way to end what the helper has."""

    def end() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            for link in Assignment.objects.filter(state="active"):
                services.end(assignment=link, actor=link.user, reason="user")

    return end


def offered() -> list[str]:
    return [str(place.user) for place in WaitingPlace.objects.filter(offered__isnull=False)]


@time_machine.travel(NOW, tick=False)
def test_the_place_says_how_many_are_before(owner, other_user, admin, as_person):
    wait(other_user, 30)
    wait(admin, 20, role="psychologist")
    wait(owner, 10, role="volunteer")
    assert "1 person is before you." in shown(as_person(owner))
    assert "Nobody is before you." in shown(as_person(other_user))


def test_a_free_place_goes_to_whoever_waits_longest(owner, other_user, set_free, as_person):
    wait(owner, 10)
    wait(other_user, 20)
    set_free()
    assert offered() == ["Stranger"]
    assert "Full (Volunteer) has a free place for you." in shown(as_person(other_user))
    assert told(other_user) == ["helping place_free"]
    assert "helping place_free" not in told(owner)


def test_a_place_is_not_offered_to_whom_the_helper_cannot_talk_with(owner, other_user, admin, set_free):
    wait(other_user, 20, languages=["en"])
    wait(admin, 15, role="psychologist")
    wait(owner, 10, languages=["kk"], ways=["text", "sign-kk"])
    set_free()
    assert offered() == ["Owner"]


def test_a_kept_place_is_free_for_nobody_else(owner, other_user, full, set_free, ask):
    wait(owner, 10)
    set_free()
    assert ask(other_user, full).status_code == 200
    assert ask(owner, full).status_code == 302
    assert Assignment.objects.get(state="asked").user == owner


def test_a_yes_ends_the_waiting_and_a_no_keeps_the_place(owner, full, set_free, ask, answer):
    place = wait(owner, 10)
    set_free()
    ask(owner, full)
    answer(Assignment.objects.get(user=owner), "decline", reason="no-time")
    assert WaitingPlace.objects.get().since == place.since
    assert offered() == []
    ask(owner, full)
    answer(Assignment.objects.get(user=owner, state="asked"), "accept")
    assert not WaitingPlace.objects.exists()


def test_whoever_passes_keeps_the_place_and_the_next_is_offered_it(
    owner, other_user, set_free, as_person, django_capture_on_commit_callbacks
):
    wait(other_user, 20)
    wait(owner, 10)
    set_free()
    with django_capture_on_commit_callbacks(execute=True):
        as_person(other_user).post("/en/helpers/waiting/pass/")
    assert offered() == ["Owner"]
    assert WaitingPlace.objects.count() == 2


def test_a_place_that_nobody_took_in_time_goes_to_the_next(owner, other_user, set_free, settings):
    with time_machine.travel(NOW, tick=False) as clock:
        wait(other_user, 20)
        wait(owner, 10)
        set_free()
        assert offered() == ["Stranger"]
        clock.shift(timedelta(hours=settings.HELPER_OFFER_HOURS, minutes=1))
        waiting.offer_places()
        assert WaitingPlace.objects.get(user=owner).offer_stands()
        assert not WaitingPlace.objects.get(user=other_user).offer_stands()


def test_the_end_of_a_break_offers_places(owner, make_helper):
    with time_machine.travel(NOW, tick=False) as clock:
        make_helper("away", on_break=True, break_until=timezone.localdate())
        wait(owner, 10)
        waiting.offer_places()
        assert offered() == []
        clock.shift(timedelta(days=1))
        waiting.offer_places()
        waiting.offer_places()
        assert offered() == ["Owner"]


def test_leaving_the_line_gives_the_kept_place_on(
    owner, other_user, set_free, as_person, django_capture_on_commit_callbacks
):
    wait(other_user, 20)
    wait(owner, 10)
    set_free()
    with django_capture_on_commit_callbacks(execute=True):
        as_person(other_user).post("/en/helpers/waiting/leave/")
    assert offered() == ["Owner"]


def test_standing_in_line_again_keeps_the_time(owner, as_person):
    before = wait(owner, 10, languages=["kk"]).since
    as_person(owner).post("/en/helpers/waiting/", {"languages": ["ru"], "role": "volunteer"})
    place = WaitingPlace.objects.get()
    assert (place.since, place.languages, place.role) == (before, ["ru"], "volunteer")


def test_nonsense_gets_no_place(owner, as_person):
    as_person(owner).post("/en/helpers/waiting/", {"languages": ["xx"], "role": "king"})
    assert not WaitingPlace.objects.exists()


def test_a_suspended_helper_offers_nothing(owner, full, set_free, admin):
    wait(owner, 10)
    set_free()
    services.end_all(helper=full.user, actor=admin, reason="x")
    assert offered() == []


def test_a_request_to_a_helper_whose_role_ran_out_keeps_nobody_from_an_offer(owner, make_helper, ask):
    former = make_helper("former")
    ask(owner, former)
    wait(owner, 10)
    run_out(former)
    make_helper("ready")
    waiting.offer_places()
    assert offered() == ["Owner"]


def test_an_offer_goes_with_the_role_of_the_helper(owner, full, set_free, make_helper, as_person):
    wait(owner, 10)
    set_free()
    assert "has a free place for you" in shown(as_person(owner))
    run_out(full)
    assert "has a free place for you" not in shown(as_person(owner))
    make_helper("ready")
    waiting.offer_places()
    assert "Ready (Volunteer) has a free place for you." in shown(as_person(owner))
