"""Hostile values in every form and address: some answer comes, and it is never that something broke.

FUZZ=20 in the environment makes twenty times as many attempts.
"""

import os
from collections.abc import Callable
from urllib.parse import quote, quote_from_bytes, urlsplit

import pytest
from allauth.account import app_settings
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.matrix import MATRIX
from tests.matrix.words import SIGN_IN
from tests.support import hostile
from tests.support.cast import confirm
from tests.support.html import page
from tests.support.sweeping import ADMIN_NAMES, NAMES, parameters, undone

pytestmark = pytest.mark.django_db
TIMES = int(os.environ.get("FUZZ", "1"))
ADMINISTRATION = [name for name in NAMES if name.startswith("admin:")]
OWN = [name for name in MATRIX if name not in ADMINISTRATION]
PUBLIC = [name for name in OWN if any(answers["nobody"] != SIGN_IN for answers in MATRIX[name])]
WHOSE = {"nobody": PUBLIC, "owner": OWN, "verified_admin": [*ADMINISTRATION, "gallery"]}
QUESTIONS = ["next", "span", "day", "page", "prompt", "code", "with_notes", "way", "question"]
QUESTIONS += ["q", "o", "p", "e", "_changelist_filters"]  # of the administrators' site
NO_FIELDS = {"csrfmiddlewaretoken"}


@pytest.fixture(autouse=True)
def _without_limits(settings):
    """A page that asks to wait would hide what is behind it."""
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(app_settings.RATE_LIMITS, False)


@pytest.fixture(params=WHOSE)
def person(request) -> str:
    return request.param


@pytest.fixture
def browser(request, cast, person) -> Client:
    client = cast[person]()
    if person != "nobody":
        confirm(client, request.getfixturevalue("admin" if person == "verified_admin" else person))
    client.raise_request_exception = False
    return client


@pytest.fixture
def broke(browser, collector) -> Callable[..., list[str]]:
    """Return a function that asks, and returns what broke."""

    def ask(what: str, method: str, place: str, *given: object, **more: object) -> list[str]:
        collector.take()
        response = undone(browser, method, place, *given, **more)
        return [f"{what}\n{collector.take()[-1500:]}"] if response.status_code == 500 else []

    return ask


def _is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html") and bool(response.body)


def fields(browser: Client, place: str) -> list[str]:
    """Return the names of all fields and buttons of a page's forms, and of those that its views may look for."""
    response = undone(browser, "get", place)
    found = {e["name"] for e in page(response).select("main [name], #content [name]")} if _is_page(response) else set()
    return sorted(found - NO_FIELDS) or ["public_id", "age", "language", "next", "then"]


def test_every_form_with_every_field_wrong(browser, address, broke, person):
    wrong = []
    for turn, name in enumerate(WHOSE[person]):
        place = address(name)
        for body in hostile.filled(fields(browser, place), turn, 2 * TIMES):
            wrong += broke(f"{name} {body[:300]}", "post", place, body, content_type=hostile.FORM)
    assert wrong == []


def test_every_address_with_questions_nobody_asked(browser, address, broke, person):
    wrong = []
    for turn, name in enumerate(WHOSE[person]):
        for query in hostile.filled(QUESTIONS, turn, TIMES):
            query = query[:6000].decode()
            wrong += broke(f"{name} ?{query[:300]}", "get", address(name), QUERY_STRING=query)
    assert wrong == []


def test_every_address_with_something_that_is_no_form(browser, address, broke, person):
    wrong = []
    for turn, name in enumerate(WHOSE[person]):
        bodies = list(hostile.BODIES.items())
        chosen = bodies if TIMES > 1 else [bodies[(turn + i) % len(bodies)] for i in (0, 5)]
        for kind, (content_type, body) in chosen:
            wrong += broke(f"{name} {kind}", "generic", "POST", address(name), body, content_type=content_type)
    assert wrong == []


@pytest.mark.parametrize("kind", hostile.BODIES)
def test_a_form_says_what_it_cannot_read(as_person, owner, kind):
    content_type, body = hostile.BODIES[kind]
    for place in ("/kk/profile/", "/kk/mood/files/", "/kk/mood/record/"):
        answer = as_person(owner).generic("POST", place, body, content_type=content_type)
        assert answer.status_code in {200, 400, 413}
        assert page(answer).h1


def test_every_part_of_an_address_that_is_something_else(browser, address, broke, person):
    wrong = []
    for turn, name in enumerate(name for name in WHOSE[person] if parameters(name)):
        steps = urlsplit(address(name)).path.split("/")
        for shift in range(3 * TIMES):
            value = hostile.VALUES[(turn + 5 * shift) % len(hostile.VALUES)][:3000]
            value = quote_from_bytes(value, safe="") if isinstance(value, bytes) else quote(value, safe="")
            place = "/".join([*steps[:-2], value, ""]) if shift % 2 else "/".join([*steps[:-3], value, *steps[-2:]])
            for method in ("get", "post"):
                wrong += broke(f"{name} {place[:200]}", method, place)
    assert wrong == []


FREE = settings(
    max_examples=40 * TIMES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@FREE
@given(data=some.data())
def test_any_form_with_anything(browser, address, broke, person, data):
    name = data.draw(some.sampled_from(WHOSE[person]))
    place = address_of(address, name)
    names = fields(browser, place)
    pairs = data.draw(some.lists(some.tuples(some.sampled_from(names), hostile.values), max_size=12))
    body = hostile.encoded(pairs)
    assert broke(f"{name} {pairs}", "post", place, body, content_type=hostile.FORM) == []
    assert broke(f"{name} ?{pairs}", "get", place, QUERY_STRING=body[:6000].decode()) == []


def address_of(address: Callable[[str], str], name: str) -> str:
    """Return an address; said apart, because hypothesis uses the fixtures for all examples."""
    return address(name)


def test_all_of_the_administrators_models_are_among_them():
    assert set(ADMIN_NAMES) < set(WHOSE["verified_admin"])
