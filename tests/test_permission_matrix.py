"""Who gets what at every address and every socket. A new address that is not in the table fails the test below it.

`SIGN_IN` is the way to the sign-in, `ON` a redirection to anywhere else; the rest are statuses.
"""

import uuid
from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async
from django.contrib import admin as django_admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from emocare import urls
from emocare.asgi import application
from tests.support.crawl import all_patterns
from tests.support.sockets import Socket, play
from tracker.choices import WordKind
from tracker.models import MoodEntry, OwnWord

PEOPLE = [
    "nobody",
    "owner",
    "other_user",
    "unrelated_volunteer",
    "unrelated_psychologist",
    "curator",
    "admin",
    "verified_admin",
]
SIGN_IN, ON = "sign in", "on"


def who(everybody: object, **others: object) -> dict[str, object]:
    return dict.fromkeys(PEOPLE, everybody) | others


def signed_in(status: object, **others: object) -> dict[str, object]:
    return who(status, nobody=SIGN_IN, **others)


READ_ONLY, OWN_READ_ONLY = who(405), signed_in(405)
PUBLIC_PAGE = who(200), READ_ONLY
PUBLIC_FORM = who(200), who(200)
OWN_PAGE = signed_in(200), OWN_READ_ONLY
OWN_FORM = signed_in(200), signed_in(200)
BEFORE_SIGN_IN = who(ON, nobody=200), who(ON, nobody=200)
# Signing up and in, and the demand for a second factor.
TO_SECOND_FACTOR = {"admin": ON, "verified_admin": ON}
ADMIN_PAGE = who(SIGN_IN, verified_admin=200), who(SIGN_IN, verified_admin=200)

# address name: (GET, POST); POST without fields, so a form's 200 is the form with its errors
MATRIX = {
    "healthz": PUBLIC_PAGE,
    "quick_exit": (READ_ONLY, who(ON)),
    "home": (who(ON, nobody=200), READ_ONLY),
    "about": PUBLIC_PAGE,
    "accessibility": PUBLIC_PAGE,
    "privacy": PUBLIC_PAGE,
    "rules": PUBLIC_PAGE,
    "help": PUBLIC_PAGE,
    "leaving_quickly": PUBLIC_PAGE,
    "urgent_help": PUBLIC_PAGE,
    "set_language": (READ_ONLY, who(ON)),
    "display": (who(200), who(ON)),
    "dashboard": OWN_PAGE,
    "tracker": OWN_PAGE,
    "week_panel": OWN_PAGE,
    "offline_mood": PUBLIC_PAGE,
    "service_worker": PUBLIC_PAGE,
    "sync_moods": OWN_PAGE,
    "record_mood": OWN_FORM,
    "journal": OWN_FORM,
    "write_journal": OWN_FORM,
    "delete_draft": (OWN_READ_ONLY, signed_in(ON)),
    "own_words": OWN_PAGE,
    "delete_own_word": (signed_in(404, owner=200), signed_in(404, owner=ON)),
    "dynamics": OWN_PAGE,
    "two_weeks": OWN_PAGE,
    "close_report_offer": (OWN_READ_ONLY, signed_in(ON)),
    "mood_report": OWN_PAGE,
    "mood_report_pdf": OWN_PAGE,
    "mood_files": OWN_FORM,
    "export_moods": OWN_PAGE,
    "edit_mood": (signed_in(404, owner=200), signed_in(404, owner=200)),
    "delete_mood": (signed_in(404, owner=200), signed_in(404, owner=ON)),
    "profile": OWN_FORM,
    "own_picture": (signed_in(404), OWN_READ_ONLY),
    "recovery_codes": (signed_in(200), signed_in(200)),
    "renew_recovery_codes": (signed_in(ON), signed_in(ON)),
    "sign_up_anonymously": BEFORE_SIGN_IN,
    "recover": PUBLIC_FORM,
    "second_factor": (signed_in(403, admin=200, verified_admin=200), signed_in(403, admin=200, verified_admin=200)),
    "gallery": (signed_in(403, admin=200, verified_admin=200), OWN_READ_ONLY),
    # django-allauth
    "account_login": BEFORE_SIGN_IN,
    "account_logout": (who(200, nobody=ON), who(ON)),
    "account_inactive": PUBLIC_PAGE,
    "account_signup": BEFORE_SIGN_IN,
    "account_reauthenticate": OWN_FORM,
    "account_email": (signed_in(200), signed_in(ON)),
    "account_email_verification_sent": PUBLIC_PAGE,
    "account_change_password": OWN_FORM,
    "account_set_password": (signed_in(ON), signed_in(ON)),
    "account_reset_password": PUBLIC_FORM,
    "account_reset_password_done": PUBLIC_PAGE,
    "account_reset_password_from_key": PUBLIC_FORM,
    "account_reset_password_from_key_done": PUBLIC_PAGE,
    "account_confirm_login_code": (who(ON, nobody=SIGN_IN), who(ON, nobody=SIGN_IN)),
    "account_confirm_email": (who(200), who(404)),
    # The administrators' site: nothing without the second factor
    "admin:index": ADMIN_PAGE,
    "admin:login": (signed_in(403, **TO_SECOND_FACTOR), signed_in(403, **TO_SECOND_FACTOR)),
    "admin:logout": (who(ON, nobody=SIGN_IN, verified_admin=405), who(ON, nobody=SIGN_IN, verified_admin=200)),
    "admin:password_change": ADMIN_PAGE,
    "admin:password_change_done": (ADMIN_PAGE[0], who(SIGN_IN, verified_admin=405)),
    "admin:autocomplete": (who(SIGN_IN, verified_admin=403), who(SIGN_IN, verified_admin=405)),
    "admin:jsi18n": (ADMIN_PAGE[0], who(SIGN_IN, verified_admin=405)),
    "admin:view_on_site": (who(SIGN_IN, verified_admin=404), who(SIGN_IN, verified_admin=404)),
    "admin:app_list": ADMIN_PAGE,
    "admin:auth_user_password_change": ADMIN_PAGE,
}
# Each of them has a list, a form to add, and pages to change, to delete and with the history of one.
ADMIN_MODELS = {
    "accounts_user",
    "account_emailaddress",
    "axes_accessattempt",
    "axes_accesslog",
    "axes_accessfailurelog",
}
ADMIN_PAGES = ["changelist", "add", "change", "delete", "history"]
NAMELESS = {"(?P<url>.*)$", "<path:object_id>/"}  # of the administrators' site: what does not exist, and old addresses
SOCKETS = {"ws/mood/": who(True, nobody=False)}


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
    device = TOTPDevice.objects.create(user=admin, name="1")
    as_person = request.getfixturevalue("as_person")

    def browser(name: str) -> Callable[[], Client]:
        person = {"nobody": None, "verified_admin": admin}.get(name) or (
            None if name == "nobody" else request.getfixturevalue(name)
        )
        first = as_person(person)
        if name == "verified_admin":
            session = first.session
            session[DEVICE_ID_SESSION_KEY] = device.persistent_id
            session.save()

        def fresh() -> Client:
            client = Client()
            client.cookies.load(first.cookies.output(header="", sep=";"))
            return client

        return fresh

    return {name: browser(name) for name in PEOPLE}


@pytest.fixture
def address(owner, admin, cast) -> Callable[[str], str]:
    """Return the address of a name, about the owner or something of hers."""
    entry = MoodEntry.objects.create(owner=owner, level=3)
    OwnWord.objects.create(owner=owner, kind=WordKind.CAUSE, word="өзен", public_id=entry.public_id)
    given = {
        "public_id": entry.public_id,
        "object_id": owner.pk,
        "id": owner.pk,
        "pk": TOTPDevice.objects.get().pk,
        "content_type_id": 1,
        "app_label": "accounts",
        "uidb36": "1",
        "key": "x",
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
    assert {(name, asked(cast[person], "get", address(name))) for name in names} == {(name, SIGN_IN) for name in names}
    assert {asked(cast[person], "post", address(name)) for name in names} == {SIGN_IN}


def test_a_verified_administrator_opens_lists_and_forms(cast, address):
    names = [f"admin:{model}_{page}" for model in ADMIN_MODELS for page in ("changelist", "add")]
    got = {name: asked(cast["verified_admin"], "get", address(name)) for name in names}
    # What axes wrote down is evidence: it can be read, not added.
    assert {name for name, status in got.items() if status != 200} == {
        name for name in names if name.startswith("admin:axes") and name.endswith("_add")
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
            channel = Socket(await sync_to_async(browser)(), f"/{route}")
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
