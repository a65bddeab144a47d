"""What a person shows to their psychologist, to nobody else, and for no moment longer."""

import pytest
from django.test import Client

from accounts.choices import Purpose, Role
from accounts.consents import VERSIONS
from accounts.helping import services as helping
from accounts.helping.choices import EndReason
from accounts.journal.choices import Looked, Why
from accounts.models import Assignment, User
from tests.accounts.kin.support import agree, at, child_of, guardian_link
from tests.accounts.support import chosen, phrase
from tests.support.cast import helper_of
from tests.support.consents import OLD, agreed_long_ago, show_to
from tests.support.html import page, said, text_of, typed
from tests.support.journal import looks
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db
MOODS, NOTES = Purpose.SHARE_MOODS, Purpose.SHARE_NOTES


@pytest.fixture
def moods(owner) -> str:
    """The page of the owner's moods; one of them has a note."""
    MoodEntry.objects.create(owner=owner, level=2, note="құпия сөз")
    return f"/kk/mood/person/{owner.public_id}/"


def sharing(owner: User, rest: str = "") -> str:
    return f"/kk/profile/consents/sharing/{Assignment.objects.get(user=owner).public_id}/{rest}"


def test_nothing_is_shown_until_the_owner_says_so(as_person, owner, assigned_psychologist, moods):
    assert as_person(assigned_psychologist).get(moods).status_code == 404
    room = as_person(assigned_psychologist).get(f"/kk/people/{owner.public_id}/")
    assert moods not in room.content.decode()


def test_the_owner_shows_moods_from_the_page_of_her_helper_and_the_psychologist_sees_them(
    as_person, owner, assigned_psychologist, moods
):
    mine, theirs = as_person(owner), as_person(assigned_psychologist)
    assert sharing(owner) in mine.get("/kk/helpers/mine/").content.decode()
    assert chosen(mine.get(sharing(owner)), "purposes") == []
    assert mine.post(sharing(owner), {"purposes": "share-moods"}).url == "/kk/profile/consents/"
    assert chosen(mine.get(sharing(owner)), "purposes") == ["share-moods"]
    for place in ("/kk/people/", f"/kk/people/{owner.public_id}/"):
        assert moods in theirs.get(place).content.decode()
    shown = theirs.get(moods).content.decode()
    assert "course-chart" in shown
    assert "құпия" not in shown
    consent = owner.consents.get(purpose=MOODS)
    assert phrase("Why: so that you need not tell from memory how your days were.") in consent.text.text


def test_notes_are_another_consent(as_person, owner, assigned_psychologist, moods):
    show_to(assigned_psychologist, owner, NOTES)
    shown = as_person(assigned_psychologist).get(moods).content.decode()
    assert "құпия сөз" in shown
    assert "course-chart" not in shown


def test_each_look_is_written_for_the_owner_and_a_refused_one_is_not(
    as_person, owner, assigned_psychologist, unrelated_psychologist, moods
):
    between = show_to(assigned_psychologist, owner, MOODS, NOTES)
    as_person(assigned_psychologist).get(moods)
    as_person(unrelated_psychologist).get(moods)
    name = between.helper.shown_name
    assert looks(owner) == [(name, Looked.MOODS, Why.SHARED), (name, Looked.NOTES, Why.SHARED)]
    assert name in text_of(page(as_person(owner).get("/kk/profile/who-looked/")).main)


@pytest.mark.parametrize(
    "person", ["other_user", "supporter", "unrelated_volunteer", "unrelated_psychologist", "admin"]
)
def test_nobody_else_sees_it(as_person, request, owner, assigned_psychologist, moods, person):
    show_to(assigned_psychologist, owner, MOODS, NOTES)
    assert as_person(request.getfixturevalue(person)).get(moods).status_code == 404


def test_a_volunteer_never_sees_it(as_person, owner, assigned_volunteer, moods):
    assert as_person(owner).get(sharing(owner)).status_code == 404
    assert as_person(owner).post(sharing(owner), {"purposes": "share-moods"}).status_code == 404
    between = Assignment.objects.get(user=owner)
    owner.consents.create(purpose=MOODS, version="2026-11-24", language="kk", assignment=between)
    assert as_person(assigned_volunteer).get(moods).status_code == 404


def test_taken_back_it_is_gone_with_the_next_request(as_person, owner, assigned_psychologist, moods):
    show_to(assigned_psychologist, owner, MOODS, NOTES)
    theirs = as_person(assigned_psychologist)
    assert theirs.get(moods).status_code == 200
    stopped = as_person(owner).post(sharing(owner, "stop/"), {"purpose": "share-moods"}, follow=True)
    assert said(stopped)[0].startswith("success:")
    assert "course-chart" not in theirs.get(moods).content.decode()
    as_person(owner).post(sharing(owner), {})
    assert theirs.get(moods).status_code == 404
    assert owner.consents.filter(purpose__in=[MOODS, NOTES], withdrawn_at=None).count() == 0


def test_whoever_has_not_agreed_to_a_new_text_yet_can_take_it_back(as_person, owner, assigned_psychologist, moods):
    show_to(assigned_psychologist, owner, MOODS)
    agreed_long_ago(owner)
    owner.consents.filter(purpose=MOODS).update(version=VERSIONS[MOODS])
    theirs = as_person(assigned_psychologist)
    assert theirs.get(moods).status_code == 200
    assert as_person(owner).post(sharing(owner, "stop/"), {"purpose": "share-moods"}).url == "/kk/profile/consents/"
    assert theirs.get(moods).status_code == 404


def test_it_can_be_taken_back_while_the_psychologist_cannot_look(as_person, owner, assigned_psychologist, moods):
    show_to(assigned_psychologist, owner, MOODS)
    User.objects.filter(pk=assigned_psychologist.pk).update(is_active=False)
    mine = as_person(owner)
    stop = f"form[action='{sharing(owner, 'stop/')}'] button[value=share-moods]"
    assert page(mine.get("/kk/profile/consents/")).select(stop)
    for _ in range(2):
        assert mine.post(sharing(owner, "stop/"), {"purpose": "share-moods"}).url == "/kk/profile/consents/"
    User.objects.filter(pk=assigned_psychologist.pk).update(is_active=True)
    assert as_person(assigned_psychologist).get(moods).status_code == 404


@pytest.mark.parametrize("purpose", ["", "service", "nonsense", "a\0b"])
def test_stopping_something_else_changes_nothing(as_person, owner, assigned_psychologist, purpose):
    show_to(assigned_psychologist, owner, MOODS)
    assert as_person(owner).post(sharing(owner, "stop/"), {"purpose": purpose}).status_code == 302
    assert owner.consents.filter(withdrawn_at=None).count() == 2


def _ended(owner, psychologist):
    helping.end(assignment=Assignment.objects.get(user=owner), actor=psychologist, reason=EndReason.DONE)


def _role_over(owner, psychologist):
    User.objects.filter(pk=psychologist.pk).update(role=Role.USER)


def _blocked(owner, psychologist):
    User.objects.filter(pk=owner.pk).update(is_active=False)


def _another_version(owner, psychologist):
    owner.consents.filter(purpose=MOODS).update(version=OLD)


def _account_closed(owner, psychologist):
    User.objects.filter(pk=owner.pk).update(agreed_version="")


@pytest.mark.parametrize("event", [_ended, _role_over, _blocked, _another_version, _account_closed])
def test_whatever_ends_it_closes_the_page(as_person, owner, assigned_psychologist, moods, event):
    show_to(assigned_psychologist, owner, MOODS)
    browser = as_person(assigned_psychologist)
    event(owner, assigned_psychologist)
    assert browser.get(moods).status_code == 404


def test_another_psychologist_needs_another_yes(as_person, owner, assigned_psychologist, moods):
    show_to(assigned_psychologist, owner, MOODS)
    _ended(owner, assigned_psychologist)
    assert owner.consents.get(purpose=MOODS).withdrawn_at
    next_one = helper_of(owner, "next-psychologist", Role.PSYCHOLOGIST)
    assert as_person(next_one).get(moods).status_code == 404


def test_a_text_that_changed_while_the_page_stood_open_is_not_agreed_to(as_person, owner, assigned_psychologist):
    browser = as_person(owner)
    sent = {"purposes": "share-moods", "version": OLD}
    assert browser.post(sharing(owner), sent).url == sharing(owner)
    assert not owner.consents.filter(purpose=MOODS).exists()
    sent["version"] = typed(browser.get(sharing(owner)), "version")
    assert browser.post(sharing(owner), sent).url == "/kk/profile/consents/"
    assert owner.consents.filter(purpose=MOODS).exists()


def test_an_unknown_choice_is_refused(as_person, owner, assigned_psychologist):
    refused = as_person(owner).post(sharing(owner), {"purposes": ["share-moods", "everything"]})
    assert page(refused).select(".error-summary")
    assert not owner.consents.filter(purpose=MOODS).exists()


@at()
def test_a_child_is_too_young_to_decide_it_alone(client: Client, as_person):
    child = child_of(client)
    agree(guardian_link(client))
    helper_of(child, "psychologist-of-a-child", Role.PSYCHOLOGIST)
    assert client.get(sharing(child)).status_code == 404
    assert sharing(child) not in client.get("/kk/helpers/mine/").content.decode()
    assert phrase("My psychologist sees my moods") not in text_of(page(client.get("/kk/profile/consents/")).main)
