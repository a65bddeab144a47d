"""Who gets what at every address and every socket. A new address that is not in the table fails the test below it."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.contrib import admin as django_admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.choices import Purpose, Role
from accounts.models import Application, Document, Export, Support
from emocare import urls
from emocare.asgi import application
from tests.matrix import (
    MATRIX,
    asking,
    chat,
    chat_board,
    chat_changing,
    chat_safety,
    consents,
    duty,
    helping,
    inbox,
    judgements,
    push,
    results,
    safety,
    sharing,
    taking,
    workspace,
)
from tests.matrix.words import ON, PEOPLE, SIGN_IN, who
from tests.support.crawl import all_patterns
from tests.support.sockets import Socket, play
from tests.support.training import certified
from tracker.choices import WordKind
from tracker.models import MoodEntry, OwnWord

# Each of them has a list, a form to add, and pages to change, to delete and with the history of one.
ADMIN_MODELS = {
    "accounts_journalentry",
    "accounts_application",
    "accounts_breach",
    "accounts_certificate",
    "accounts_retentionrun",
    "accounts_user",
    "accounts_helperprofile",
    "accounts_assignment",
    "axes_accessattempt",
    "tests_app_version",
    "emergency_followup",
    "emergency_helprequest",
    "emergency_judgement",
    "emergency_checkliststep",
}
READ_ONLY = ("journalentry", "application", "certificate", "retentionrun", "followup", "judgement")
READ_ONLY += ("helprequest",)
ADMIN_PAGES = ["changelist", "add", "change", "delete", "history"]
NAMELESS = {"(?P<url>.*)$", "<path:object_id>/"}  # of the administrators' site: what does not exist, and old addresses
SOCKETS = {"ws/news/": who(True, nobody=False, admin=False)}
SOCKETS |= {
    "ws/urgent/<uuid:public_id>/": who(False)
}  # of a browser that asked without an account: tests/emergency/requests
SOCKETS |= {"ws/chat/<uuid:public_id>/": who(False)}  # of a conversation that is not theirs: tests/chat/wire


# The tables are complete


def test_every_address_is_in_the_table():
    known = MATRIX.keys() | {f"admin:{model}_{page}" for model in ADMIN_MODELS for page in ADMIN_PAGES}
    found = {name for name, pattern in all_patterns() if pattern.name}
    assert found == known
    assert {str(p.pattern) for name, p in all_patterns() if not p.name} == NAMELESS


def test_every_socket_is_in_the_table():
    part = application.application_mapping["websocket"]
    while not hasattr(part, "routes"):
        part = getattr(part, "application", None) or part.inner
    assert {str(route.pattern) for route in part.routes} == SOCKETS.keys()


def test_what_people_write_has_no_page_in_the_administrators_site():
    assert {model._meta.app_label for model in django_admin.site._registry} & {"tracker"} == set()


# And true


@pytest.fixture
def cast(request, owner, admin) -> dict[str, Callable[[], Client]]:
    """Return for each of PEOPLE a way to a fresh browser in the same session."""
    as_person = request.getfixturevalue("as_person")

    def browser(name: str) -> Callable[[], Client]:
        person = {"nobody": None, "verified_admin": admin}.get(name) or (
            None if name == "nobody" else request.getfixturevalue(name)
        )
        first = as_person(person, verified=False if name == "admin" else None)

        def fresh() -> Client:
            client = Client()
            client.handler = first.handler  # which looks through all static files when it begins
            client.cookies.load(first.cookies.output(header="", sep=";"))
            return client

        return fresh

    return {name: browser(name) for name in PEOPLE}


@pytest.fixture
def address(owner, admin, cast, instruments) -> Callable[[str], str]:
    """Return the address of a name, about the owner or something of hers; all that is hers has the same public id."""
    entry = MoodEntry.objects.create(owner=owner, level=3)
    OwnWord.objects.create(owner=owner, kind=WordKind.CAUSE, word="өзен", public_id=entry.public_id)
    application = Application.objects.create(user=owner, role=Role.VOLUNTEER, public_id=entry.public_id)
    Document.objects.create(application=application, kind="other", size=1, public_id=entry.public_id)
    now = timezone.now()
    times = {"ready_at": now, "expires_at": now + timedelta(days=1)}
    Export.objects.create(user=owner, state="ready", file="exports/x", public_id=entry.public_id, **times)
    certificate = certified(owner)
    for row in (certificate, certificate.attempt):
        row.public_id = entry.public_id
        row.save()
    shown_to = consents.name_all(entry.public_id, owner)
    for area in (results, sharing, helping, push, inbox, taking, safety, judgements, asking, workspace, duty):
        area.name_all(entry.public_id, owner)
    for area in (chat, chat_board, chat_changing, chat_safety):
        area.name_all(entry.public_id, owner)
    support = Support.objects.get(owner=owner)
    Support.objects.filter(pk=support.pk).update(public_id=entry.public_id)
    Support(pk=support.pk, public_id=entry.public_id, name="Әпке").save(update_fields=["name"])
    given = {
        "public_id": entry.public_id,
        **dict.fromkeys(("document_id", "attachment_id", "result_id", "check_id"), entry.public_id),
        "assignment_id": shown_to.public_id,
        "purpose": Purpose.SERVICE.value,
        "role": Role.PSYCHOLOGIST.value,
        "number": 1,  # of a message
        "object_id": owner.pk,
        "id": owner.pk,
        "pk": TOTPDevice.objects.filter(user=admin).first().pk,
        "content_type_id": 1,
        "app_label": "accounts",
        "uidb36": "1",
        "key": "phq9",
        "lesson_key": "listening",
        "step_slug": "signs",
        "code": certificate.written_code,
        "token": "x",
        "language": "ru",
    }

    def find(name: str) -> str:
        pattern = dict(all_patterns())[name].pattern
        wanted = {*pattern.converters, *getattr(getattr(pattern, "regex", None), "groupindex", {})}
        return reverse(name, kwargs={key: given[key] for key in wanted})

    return find


def answer(response: HttpResponse) -> object:
    place = response.headers.get("Location", "")
    if response.status_code in {301, 302}:
        return SIGN_IN if place.split("?")[0].endswith(("/account/login/", "/admin/login/")) else ON
    return response.status_code


def asked(browser: Callable[[], Client], method: str, place: str) -> object:
    """Ask, and undo what it did."""
    with transaction.atomic():
        got = answer(getattr(browser(), method)(place))
        transaction.set_rollback(True)
    return got


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_gets_what_the_table_says(cast, address, person):
    wrong = {}
    for name, row in MATRIX.items():
        for method, column in zip(("get", "post"), row, strict=True):
            got, expected = asked(cast[person], method, address(name)), column[person]
            if got not in (expected if isinstance(expected, set) else {expected}):
                wrong[method, name] = got, expected
    assert wrong == {}


@pytest.mark.parametrize("person", ["nobody", "owner", "unrelated_psychologist", "curator", "admin"])
def test_the_administrators_models_are_closed_without_a_second_factor(cast, address, person):
    names = [f"admin:{model}_{page}" for model in ADMIN_MODELS for page in ADMIN_PAGES]
    refused = ON if person == "admin" else SIGN_IN  # on to the second factor
    assert {(name, asked(cast[person], "get", address(name))) for name in names} == {(name, refused) for name in names}
    assert {asked(cast[person], "post", address(name)) for name in names} == {refused}


def test_a_verified_administrator_opens_lists_and_forms(cast, address):
    names = [f"admin:{model}_{page}" for model in ADMIN_MODELS for page in ("changelist", "add")]
    got = {name: asked(cast["verified_admin"], "get", address(name)) for name in names}
    # What axes and the log wrote down is evidence, an application is its person's own: to be read, not added.
    read_only = (
        "admin:axes",
        "admin:accounts_journalentry",
        "admin:accounts_application",
        "admin:accounts_certificate",
        "admin:accounts_retentionrun",
        "admin:emergency_followup",
        "admin:emergency_helprequest",
        "admin:emergency_judgement",
    )
    assert {name for name, status in got.items() if status != 200} == {
        name for name in names if name.startswith(read_only) and name.endswith("_add")
    }


def test_a_browser_that_was_never_here_sees_no_difference_between_what_exists_and_what_does_not(cast, address):
    nothing = reverse("edit_mood", kwargs={"public_id": uuid.uuid4()})
    assert asked(cast["nobody"], "get", nothing) == asked(cast["nobody"], "get", address("edit_mood")) == SIGN_IN


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("route", SOCKETS)
def test_each_person_opens_the_sockets_that_the_table_says(cast, route):
    got = {}

    async def scene():
        for person, browser in cast.items():
            path = route.replace("<uuid:public_id>", str(uuid.uuid4()))
            channel = Socket(await sync_to_async(browser)(), f"/{path}")
            got[person] = await channel.connect()
            if got[person]:
                await channel.leave()

    play(scene)
    assert got == SOCKETS[route]


# Deny by default


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [path("kk/undeclared/", undeclared), *urls.urlpatterns]


@pytest.mark.urls(__name__)
def test_a_view_that_declares_nothing_is_closed_to_whoever_is_signed_out(as_person, owner):
    for method in ("get", "head", "post", "put", "patch", "delete", "options"):
        refused = getattr(as_person(None), method)("/kk/undeclared/")
        assert refused.headers["Location"] == "/kk/account/login/?next=/kk/undeclared/"
    assert as_person(owner).get("/kk/undeclared/").content == b"secret"
