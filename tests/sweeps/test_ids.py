"""Ids of somebody else's things: whoever asks with one learns only that there is nothing."""

import uuid

import pytest
from django.urls import reverse

from tests.matrix.words import SIGN_IN
from tests.support.cast import confirm
from tests.support.sweeping import NAMES, parameters, undone
from tests.test_permission_matrix import answer
from tracker.models import MoodEntry, OwnWord

pytestmark = pytest.mark.django_db
STRANGERS = ["other_user", "unrelated_volunteer", "unrelated_psychologist", "curator"]
NO_IDS = {
    "role",
    "purpose",
    "lesson_key",
    "step_slug",
    "app_label",
    "content_type_id",
    "url",
    "language",
}  # names that everybody knows
OPEN = {
    "test": "which tests there are is no secret",
    "begin_test": "the key names a test, and whoever asks begins one of their own",
    "try_test": "which tests there are is no secret",
    "test_history_of": "the key names a test, and whoever asks sees their own results of it",
    "helper": "helpers are found by whoever looks for one",
    "certificate": "a certificate's code is there to be shown",
    "account_confirm_email": "the page of a letter, which says that its link is no longer good",
    "account_reset_password_from_key": "the page of a letter, which says that its link is no longer good",
}
# Nothing of a person: the address is not for the method, or the page is not for the role.
REFUSED = {404, 405}
FOR_HELPERS = {"accept_request": {403}, "decline_request": {403}}


def ids(name: str) -> set[str]:
    return parameters(name) - NO_IDS


WITH_IDS = [name for name in NAMES if ids(name) and name not in OPEN]


def test_what_is_open_is_there():
    assert {name for name in OPEN if ids(name)} == set(OPEN)


def test_most_addresses_with_ids_are_swept():
    assert len(WITH_IDS) > 40


@pytest.mark.parametrize("person", STRANGERS)
def test_the_ids_of_somebody_elses_things_are_of_nothing(request, cast, address, person):
    browser = cast[person]()
    confirm(browser, request.getfixturevalue(person))  # so that no question for the password hides the answer
    told = {}
    for name in WITH_IDS:
        allowed = {SIGN_IN} if name.startswith("admin:") else REFUSED | FOR_HELPERS.get(name, set())
        for method in ("get", "post"):
            got = answer(undone(browser, method, address(name)))
            if got not in allowed:
                told[method, name] = got
    assert told == {}


BY_PUBLIC_ID = [
    name for name in WITH_IDS if not name.startswith("admin:") and ids(name) <= {"public_id", "document_id"}
]


@pytest.fixture
def of_other_kinds(other_user) -> dict[str, uuid.UUID]:
    """Ids that exist, of what the addresses do not mean; and one that does not."""
    entry = MoodEntry.objects.create(owner=other_user, level=3, note="бөтеннің жазбасы")
    word = OwnWord.objects.create(owner=other_user, kind="cause", word="бөтен")
    return {
        "a person's": other_user.public_id,
        "an entry's": entry.public_id,
        "a word's": word.public_id,
        "nobody's": uuid.uuid4(),
    }


def test_ids_of_another_kind_and_of_nothing_are_of_nothing_to_the_owner_too(cast, address, owner, of_other_kinds):
    address("edit_mood")
    browser = cast["owner"]()
    confirm(browser, owner)
    told = {}
    for kind, public_id in of_other_kinds.items():
        for name in BY_PUBLIC_ID:
            place = reverse(name, kwargs=dict.fromkeys(parameters(name), public_id))
            for method in ("get", "post"):
                got = answer(undone(browser, method, place))
                if got not in REFUSED | FOR_HELPERS.get(name, set()):
                    told[kind, method, name] = got
    assert told == {}
