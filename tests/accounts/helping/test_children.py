"""A child without a consent has no helper: what there was is over, and nothing begins until the consent is there."""

import pytest
from django.test import Client

from accounts.helping import access, services, waiting
from accounts.helping.steps import Refused
from accounts.kin.access import is_waiting
from accounts.models import Assignment, User, WaitingPlace, consented
from tests.accounts.kin.support import agree, at, child_of, guardian_link, link_on
from tests.accounts.support import phrase
from tests.support.html import page, said, text_of

pytestmark = pytest.mark.django_db
GROWN = "2028-07-01 10:00 +0500"


@pytest.fixture
def way_back(client) -> str:
    """Sign a child up whose representative agrees; return the path where they take it back."""
    with at():
        child_of(client)
        return link_on(agree(guardian_link(client)))


@pytest.fixture
def child(way_back) -> User:
    return User.objects.get(username="балапан")


def ask(client: Client, profile) -> Assignment:
    assert client.post(f"/kk/helpers/{profile.public_id}/").status_code == 302
    return Assignment.objects.get(helper=profile.user)


def people_page(client: Client) -> str:
    return text_of(page(client.get("/kk/people/")).main)


@at()
def test_when_the_consent_is_taken_back_the_helper_is_let_go(client, way_back, child, saule, as_person):
    helper, person = as_person(saule.user), f"/kk/people/{child.public_id}/"
    request = ask(client, saule)
    helper.post(f"/kk/people/requests/{request.public_id}/accept/")
    assert helper.get(person).status_code == 200
    Client().post(way_back)
    assert helper.get(person).status_code == 404
    request.refresh_from_db()
    assert (request.state, request.end_reason) == ("ended", "other")
    agree(guardian_link(client))
    assert helper.get(person).status_code == 404


@at()
def test_a_request_is_taken_back_with_the_consent(client, way_back, child, saule, as_person):
    request, helper = ask(client, saule), as_person(saule.user)
    assert str(child) in people_page(helper)
    Client().post(way_back)
    assert str(child) not in people_page(helper)
    answered = helper.post(f"/kk/people/requests/{request.public_id}/accept/", follow=True)
    assert said(answered) == [f"error: {phrase(str(services.OVER))}"]
    assert not access.helps(saule.user, child)


@at()
def test_the_place_in_the_line_goes_with_the_consent_to_the_next(
    client, way_back, child, other_user, make_helper, django_capture_on_commit_callbacks
):
    make_helper("ready", own_limit=1)
    WaitingPlace.objects.create(user=child)
    waiting.offer_places()
    next_one = WaitingPlace.objects.create(user=other_user)
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(way_back)
    assert not WaitingPlace.objects.filter(user=child).exists()
    next_one.refresh_from_db()
    assert next_one.offer_stands()


@at()
def test_whoever_waits_for_a_consent_is_neither_assigned_nor_offered_a_place(way_back, child, saule, admin):
    Client().post(way_back)
    with pytest.raises(Refused, match=str(services.NOT_NOW)):
        services.assign(user=child, helper=saule.user, actor=admin, reason="")
    with pytest.raises(Refused, match=str(services.NOT_NOW)):
        services.ask(user=child, helper=saule, languages=[], ways=[])
    WaitingPlace.objects.create(user=child)
    waiting.offer_places()
    assert not WaitingPlace.objects.get().offer_stands()


def test_helping_rests_until_somebody_who_has_grown_up_consents(client, child, saule, admin, as_person):
    with at():
        services.assign(user=child, helper=saule.user, actor=admin, reason="")
        assert access.helps(saule.user, child)
    with at(GROWN):
        assert not access.helps(saule.user, child)
        assert as_person(saule.user).get(f"/kk/people/{child.public_id}/").status_code == 404
        client.force_login(child, backend="notifications.backends.AuthenticationBackend")
        client.post("/kk/account/own-consent/", {"consent": "on"})
        assert access.helps(saule.user, child)


def test_a_request_rests_until_somebody_who_has_grown_up_consents(client, child, saule, as_person):
    with at():
        request = ask(client, saule)
    with at(GROWN):
        helper = as_person(saule.user)
        assert str(child) not in people_page(helper)
        answered = helper.post(f"/kk/people/requests/{request.public_id}/accept/", follow=True)
        assert said(answered) == [f"error: {phrase(str(services.NOT_NOW))}"]


@pytest.mark.parametrize(("consent_age", "year"), [(15, 2027), (16, 2028), (18, 2030)])
@pytest.mark.parametrize("day", ["05-31", "06-01"])
def test_lists_and_single_people_agree_on_who_waits(settings, way_back, child, other_user, consent_age, year, day):
    """A child born in May 2012 on the last day as a child and the next; then the representative takes it back."""
    settings.CONSENT_AGE = consent_age
    for step in (lambda: None, lambda: Client().post(way_back)):
        with at(f"{year}-{day} 12:00 +0500"):
            step()
            for person in (child, other_user):
                WaitingPlace.objects.get_or_create(user=person)
                found = WaitingPlace.objects.filter(consented("user"), user=person).exists()
                assert found != is_waiting(person)
