"""A consent that is taken back counts at once, and its page says before what follows."""

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from accounts.choices import EventKind, Purpose, Role
from accounts.helping import access as helping
from accounts.kin.choices import Right
from accounts.models import Application, User
from accounts.roles.choices import State
from tests.accounts.support import phrase
from tests.support.belongings import application_of
from tests.support.cast import PASSWORD, make_support
from tests.support.html import page, text_of
from tests.support.journal import kinds
from tests.support.sockets import Socket, play
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db
MINE = "/kk/profile/consents/"
TAKE_BACK = f"{MINE}service/withdraw/"
AGAIN = "/kk/account/consent/"


def test_the_page_says_what_follows_and_changes_nothing(as_person, owner):
    shown = as_person(owner).get(TAKE_BACK)
    assert phrase("You are signed out on all other devices.") in text_of(page(shown).main)
    assert owner.consents.get().withdrawn_at is None


def test_an_account_without_consent_is_closed_and_opens_again_with_it(as_person, owner):
    browser = as_person(owner)
    MoodEntry.objects.create(owner=owner, level=3)
    assert browser.post(TAKE_BACK).url == MINE
    assert browser.get(MINE).status_code == 200
    for place in ("mood", "dashboard", "profile", "helpers/mine"):
        assert browser.get(f"/kk/{place}/").url == AGAIN
    assert browser.get("/kk/urgent-help/").status_code == 200
    browser.post(AGAIN, {"consent": "on"})
    assert browser.get("/kk/mood/").status_code == 200
    assert MoodEntry.objects.count() == 1
    assert kinds(owner) == [EventKind.CONSENT_WITHDRAWN, EventKind.CONSENT_GIVEN]


def test_taking_back_twice_is_as_good_as_once(as_person, owner):
    browser = as_person(owner)
    for _ in range(2):
        assert browser.post(TAKE_BACK).url == MINE
    assert owner.consents.count() == 1
    assert browser.get(TAKE_BACK).url == MINE


@pytest.mark.parametrize("purpose", ["share-moods", "nonsense", "a" * 300])
def test_no_other_purpose_has_such_a_page(as_person, owner, purpose):
    assert as_person(owner).get(f"{MINE}{purpose}/withdraw/").status_code == 404
    assert as_person(owner).post(f"{MINE}{purpose}/withdraw/").status_code == 404


def test_helpers_are_let_go_and_supporters_see_nothing_meanwhile(
    as_person, owner, assigned_volunteer, assigned_psychologist, supporter
):
    support = supporter.supporting.get()
    place = f"/kk/mood/of/{support.public_id}/"
    assert as_person(supporter).get(place).status_code == 200
    as_person(owner).post(TAKE_BACK)
    for helper in (assigned_volunteer, assigned_psychologist):
        assert as_person(helper).get(f"/kk/people/{owner.public_id}/").status_code == 404
        assert not helping.helps(helper, owner)
    assert as_person(supporter).get(place).status_code == 404
    as_person(owner).post(AGAIN, {"consent": "on"})
    assert as_person(supporter).get(place).status_code == 200
    assert not helping.helps(assigned_volunteer, owner)


def test_whom_a_helper_helps_is_let_go_with_the_helpers_own_consent(as_person, owner, assigned_volunteer, other_user):
    as_person(assigned_volunteer).post(TAKE_BACK)
    assert not helping.helps(assigned_volunteer, owner)
    assert str(assigned_volunteer) not in text_of(page(as_person(other_user).get("/kk/helpers/")).main)


def test_every_other_session_ends(owner):
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/kk/account/login/", {"login": owner.email, "password": PASSWORD})
    here.post(TAKE_BACK)
    assert here.get(MINE).status_code == 200
    assert there.get(MINE).url.startswith("/kk/account/login/")


@pytest.mark.django_db(transaction=True)
def test_open_sockets_close(owner):
    browser = Client()
    browser.post("/kk/account/login/", {"login": owner.email, "password": PASSWORD})

    async def scene():
        channel = await sync_to_async(Socket)(browser, "/ws/news/")
        assert await channel.connect()
        await sync_to_async(browser.post)(TAKE_BACK)
        assert await channel.told() == {"type": "sign_in.ended"}
        assert await channel.closed() == 4401

    play(scene)


@pytest.mark.parametrize("state", [State.SENT, State.APPROVED])
def test_without_the_consent_to_be_checked_there_is_no_application_and_no_role(as_person, owner, state):
    application = application_of(owner, Role.VOLUNTEER, state)
    User.objects.filter(pk=owner.pk).update(role=Role.VOLUNTEER if state == State.APPROVED else Role.USER)
    owner.consents.create(purpose=Purpose.HELPING, version="2026-11-23", language="kk")
    browser = as_person(owner)
    browser.get("/kk/people/")
    assert browser.post(f"{MINE}helping/withdraw/").url == MINE
    application.refresh_from_db()
    assert (application.state, application.documents.count()) == (State.WITHDRAWN, 0)
    assert User.objects.get(pk=owner.pk).role == Role.USER
    assert browser.get("/kk/dashboard/").status_code == 200
    assert Application.objects.count() == 1


def test_a_supporter_of_somebody_who_never_agreed_sees_nothing(as_person, owner, other_user):
    support = make_support(owner, other_user, Right.SEE_MOODS)
    User.objects.filter(pk=owner.pk).update(agreed_version="")
    assert as_person(other_user).get(f"/kk/mood/of/{support.public_id}/").status_code == 404
