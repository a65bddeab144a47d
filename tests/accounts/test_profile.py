"""What a person tells about themselves."""

import pytest
from django.test import Client

from accounts.choices import BuiltInAvatar, CaredFor, Disability, Region
from accounts.models import Profile, User
from tests.accounts.support import chosen, phrase
from tests.support.html import errors, page, said, typed

pytestmark = pytest.mark.django_db
PAGE = "/kk/profile/"
EMPTY = {"shown_name": "Әсем", "language": "kk", "time_zone": "Asia/Almaty", "avatar": "tulip", "region": ""}
FULL = {
    "shown_name": "Әсем Н.",
    "language": "ru",
    "time_zone": "Europe/Berlin",
    "avatar": "yurt",
    "disabilities": ["vision", "unsaid"],
    "cares_for": ["child", "parent"],
    "region": "turkistan",
}


@pytest.fixture
def client(owner, as_person) -> Client:
    return as_person(owner)


def kept(person: User) -> dict:
    """Return what is stored of the form."""
    person = User.objects.get(pk=person.pk)
    user = {name: getattr(person, name) for name in ("shown_name", "language", "time_zone")}
    return user | {name: getattr(person.profile, name) for name in ("avatar", "disabilities", "cares_for", "region")}


def test_all_of_it_is_saved_and_shown_again_in_the_chosen_language(client, owner):
    answer = client.post(PAGE, FULL)
    assert answer.url == "/ru/profile/"
    assert kept(owner) == FULL
    shown = client.get(answer.url)
    assert said(shown) == [f"success: {phrase('Your profile is saved.', 'ru')}"]
    assert typed(shown, "shown_name") == "Әсем Н."
    for name in ("language", "time_zone", "avatar", "region"):
        assert chosen(shown, name) == [FULL[name]]
    for name in ("disabilities", "cares_for"):
        assert chosen(shown, name) == FULL[name]
    assert client.get("/").url == "/ru/"


def test_all_of_it_can_be_emptied_again(client, owner):
    client.post(PAGE, FULL)
    assert client.post(PAGE, EMPTY).url == PAGE
    assert kept(owner) == EMPTY | {"disabilities": [], "cares_for": []}


@pytest.mark.parametrize(
    ("field", "choices"),
    [("avatar", BuiltInAvatar), ("disabilities", Disability), ("cares_for", CaredFor), ("region", Region)],
)
def test_each_choice_can_be_made(client, owner, field, choices):
    for choice in choices:
        assert client.post(PAGE, EMPTY | {field: choice.value}).status_code == 302
        assert choice.value in kept(owner)[field]
    if field in {"disabilities", "cares_for"}:
        client.post(PAGE, EMPTY | {field: choices.values})
        assert kept(owner)[field] == choices.values


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("shown_name", ""),
        ("shown_name", " \t "),
        ("shown_name", "ә" * 50),
        ("shown_name", "a\x1bb"),
        ("shown_name", "a\0b"),
        ("language", ""),
        ("language", "uz"),
        ("language", "../../etc"),
        ("time_zone", ""),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("avatar", ""),
        ("avatar", "../icons/emocare"),
        ("disabilities", ["vision", "x"]),
        ("cares_for", "everybody"),
        ("region", "x\0"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field_and_the_rest_stays_as_typed(client, owner, field, value):
    before = kept(owner)
    answer = client.post(PAGE, FULL | {field: value})
    assert answer.status_code == 200
    assert errors(answer, field)
    assert kept(owner) == before
    if field != "shown_name":
        assert typed(answer, "shown_name") == FULL["shown_name"]
    for other in {"time_zone", "region", "disabilities", "cares_for"} - {field}:
        assert chosen(answer, other) in ([FULL[other]], FULL[other])


def test_a_zone_that_the_world_has_given_up_closes_no_page(client, owner):
    User.objects.filter(pk=owner.pk).update(time_zone="Mars/Olympus")
    assert client.get("/kk/dashboard/").status_code == 200


def test_a_name_that_is_not_utf8_is_refused(client, owner):
    body = b"shown_name=%FF%FE&language=kk&time_zone=Asia/Almaty&avatar=sun"
    answer = client.post(PAGE, body, content_type="application/x-www-form-urlencoded")
    assert errors(answer, "shown_name") == phrase("Some characters could not be read. Please type them again.")
    assert kept(owner)["avatar"] == "tulip"


def test_nothing_of_another_field_can_be_slipped_in(client, owner):
    client.post(PAGE, FULL | {"is_staff": "on", "role": "psychologist", "email": "x@example.kz", "picture": "x.webp"})
    owner.refresh_from_db()
    assert (owner.is_staff, owner.role, owner.email) == (False, "user", "owner@example.kz")
    assert not owner.profile.picture


def test_what_is_shown_is_text_not_markup(client, owner):
    client.post(PAGE, FULL | {"shown_name": "<b onclick=x>&"})
    shown = client.get("/ru/profile/")
    assert b"<b onclick" not in shown.content
    assert typed(shown, "shown_name") == "<b onclick=x>&"


def test_the_profile_is_the_persons_own_and_a_strangers_stays_as_it_is(client, owner, other_user):
    client.post(PAGE, FULL)
    assert kept(other_user)["shown_name"] == "Stranger"
    assert Client().post(PAGE, FULL).url == f"/kk/account/login/?next={PAGE}"


def test_a_person_without_a_profile_row_gets_one(client, owner):
    Profile.objects.all().delete()
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, FULL).status_code == 302
    assert kept(owner) == FULL


def test_the_page_tells_how_one_signs_in(client, as_person, anonymous_account):
    assert page(client.get(PAGE)).select_one("a[href='/kk/account/email/']")
    text = page(as_person(anonymous_account).get(PAGE)).main.get_text()
    assert "dala jeli" in text


def test_the_page_takes_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(PAGE)
