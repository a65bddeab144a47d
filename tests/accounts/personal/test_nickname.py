"""Another nickname for whoever signs in with one."""

import pytest

from accounts.models import LockOut
from tests.accounts.support import phrase
from tests.support.cast import PASSWORD, confirm
from tests.support.html import errors, typed
from tests.support.journal import kinds

pytestmark = pytest.mark.django_db
PAGE = "/kk/profile/nickname/"


@pytest.fixture
def client(anonymous_account, as_person):
    client = as_person(anonymous_account)
    confirm(client, anonymous_account)
    return client


def test_a_new_nickname_signs_in_and_the_old_one_does_not(client, anonymous_account, as_person):
    LockOut.objects.create(account="dala jeli", place="everywhere")
    client.post(PAGE, {"nickname": "Тау Самалы"})
    assert not LockOut.objects.exists()
    browser = as_person(None)
    assert browser.post("/kk/account/login/", {"login": "dala jeli", "password": PASSWORD}).status_code == 200
    assert browser.post("/kk/account/login/", {"login": "тау самалы", "password": PASSWORD}).status_code == 302
    assert "nickname-changed" in kinds(anonymous_account)


def test_one_that_is_taken_is_said_beside_the_field_and_kept(client, owner):
    owner.username = "taken"
    owner.save()
    answer = client.post(PAGE, {"nickname": "Taken"})
    assert errors(answer, "nickname") == phrase("This nickname is taken. Please choose another.")
    assert typed(answer, "nickname") == "Taken"


def test_the_same_nickname_in_other_letters_is_no_clash(client):
    assert client.post(PAGE, {"nickname": "dala jeli"}).status_code == 302


def test_it_needs_the_password_again_and_a_nickname(owner, anonymous_account, as_person):
    assert as_person(anonymous_account).post(PAGE, {"nickname": "x1"}).url.startswith("/kk/account/reauthenticate/")
    assert as_person(owner).get(PAGE).url == "/kk/profile/"
