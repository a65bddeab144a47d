"""The administrators' pages: all of them open, in three languages, with few queries, and without what people wrote."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from asgiref.sync import sync_to_async
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin as site
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import events
from accounts.choices import EventKind, Role
from accounts.models import Profile, User
from accounts.roles.choices import State
from tests.accounts.support import phrase, subject
from tests.support import belongings
from tests.support.cast import PASSWORD, make_person
from tests.support.html import page, text_of
from tests.support.journal import actions
from tests.support.sockets import Socket, play
from tracker.services import record_mood

pytestmark = pytest.mark.django_db
NO_CONSENTS = {"consents-TOTAL_FORMS": "0", "consents-INITIAL_FORMS": "0"}
NOTE = "Жүрегім ауырып тұр"
MODELS = sorted(site.site._registry, key=lambda model: model._meta.label)


def names(model) -> str:
    return model._meta.label


@pytest.fixture
def client(admin) -> Client:
    """A browser in which the administrator gave the second factor."""
    device = StaticDevice.objects.create(user=admin, name="paper")
    device.token_set.create(token="abcd1234")
    client = Client()
    client.force_login(admin, backend="notifications.backends.AuthenticationBackend")
    client.post("/kk/account/second-factor/", {"code": "abcd1234"})
    return client


@pytest.fixture
def crowd(admin):
    """Return a function that adds people with one row of each kind that administrators can see, and a mood."""

    def add(count: int) -> None:
        for number in range(count):
            name = f"p{User.objects.count()}"
            person = make_person(name)
            record_mood(owner=person, level=1, note=NOTE, felt_at=timezone.now(), form_key=uuid4())
            address = EmailAddress.objects.get(user=person)
            EmailConfirmation.objects.create(email_address=address, key=name)
            TOTPDevice.objects.create(user=person, name="telephone")
            StaticDevice.objects.create(user=person, name="paper").token_set.create(token=f"token-{number}")
            Group.objects.create(name=name)
            common = {"username": name, "ip_address": "10.0.0.1", "user_agent": "x", "path_info": "/"}
            events.record(user=person, kind=EventKind.TRAINED)
            AccessAttempt.objects.create(**common, get_data="", post_data="", failures_since_start=1)
            AccessLog.objects.create(**common)
            AccessFailureLog.objects.create(**common)

    return add


def address(model, page_name: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page_name}", args=args)


def test_no_model_with_what_people_wrote_is_registered():
    assert not [label for label in map(names, MODELS) if label.startswith("tracker.")]
    assert "accounts.User" in map(names, MODELS)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_first_page_opens_in_each_language(client, crowd, language):
    crowd(1)
    client.cookies["emocare_language"] = language
    User.objects.update(language=language)
    shown = client.get("/admin/")
    assert page(shown).html["lang"] == language
    assert text_of(page(shown).h1) == phrase("Administration", language)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("model", MODELS, ids=names)
def test_every_list_and_form_opens_and_shows_no_note(client, crowd, model, language):
    crowd(2)
    User.objects.update(language=language)
    pages = [address(model, "changelist"), address(model, "changelist") + "?q=p1"]
    options = site.site._registry[model]
    request = client.get("/admin/").wsgi_request
    forms = ("change", "history", *(["delete"] if options.has_delete_permission(request) else []))
    pages += [address(model, name, row.pk) for row in model.objects.all()[:2] for name in forms]
    if options.has_add_permission(request):
        pages.append(address(model, "add"))
    for url in pages:
        shown = client.get(url)
        assert shown.status_code == 200, url
        assert page(shown).html["lang"] == language
        assert NOTE not in shown.content.decode()


@pytest.mark.parametrize("model", MODELS, ids=names)
def test_a_list_takes_as_many_queries_for_twelve_as_for_two(client, crowd, model, django_assert_max_num_queries):
    crowd(2)
    with django_assert_max_num_queries(15) as few:
        client.get(address(model, "changelist"))
    crowd(10)
    with django_assert_max_num_queries(len(few)):
        client.get(address(model, "changelist"))


def test_filters_and_search_of_people_find_them(client, crowd, anonymous_account):
    crowd(2)
    found = page(client.get("/admin/accounts/user/?q=p2@example.kz")).select("#result_list tbody tr")
    assert [text_of(row.th) for row in found] == ["P2"]
    by_role = client.get("/admin/accounts/user/?role__exact=psychologist")
    assert "Dala Jeli" not in by_role.content.decode()
    assert "Dala Jeli" in client.get("/admin/accounts/user/?q=dala").content.decode()


def change(client: Client, person: User, **changes: str):
    answers = {
        "shown_name": person.shown_name,
        "email": person.email or "",
        "username": person.username or "",
        "role": person.role,
        "is_active": "on",
        "language": person.language,
        "time_zone": person.time_zone,
    }
    return client.post(address(User, "change", person.pk), answers | NO_CONSENTS | changes)


def wrong(answer) -> str:
    return " ".join(text_of(line) for line in page(answer).select(".errorlist li"))


def test_a_role_is_given_and_an_account_closed(client, owner):
    assert change(client, owner, role="staff", is_active="").status_code == 302
    owner.refresh_from_db()
    assert (owner.role, owner.is_active, owner.email, owner.username) == (
        "staff",
        False,
        "owner@example.kz",
        None,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "STRANGER@example.kz"},
        {"email": "", "username": ""},
        {"username": "Dala Jeli"},
        {"username": "x@y"},
        {"role": "king"},
        {"role": "psychologist"},
        {"role": "volunteer"},
        {"language": "uz"},
        {"time_zone": "Mars/Olympus"},
    ],
)
def test_a_change_that_would_break_an_account_is_refused(client, owner, other_user, anonymous_account, changes):
    answer = change(client, owner, **changes)
    assert answer.status_code == 200
    assert wrong(answer)
    assert User.objects.filter(email="owner@example.kz", role="user", language="kk", time_zone="Asia/Almaty").exists()


def add(client: Client, **answers: str):
    passwords = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(address(User, "add"), {"email": "", "username": ""} | passwords | NO_CONSENTS | answers)


@pytest.mark.parametrize("answers", [{"email": "New@Example.kz"}, {"username": "Жаңа Адам"}])
def test_a_person_added_here_can_sign_in(client, letters, answers):
    answer = add(client, **answers)
    assert answer.status_code == 302, wrong(answer)
    person = Client()
    person.post("/kk/account/login/", {"login": next(iter(answers.values())), "password": PASSWORD})
    if "email" in answers:
        assert letters[0]["X-To"] == "new@example.kz"
    else:
        assert person.get("/kk/dashboard/").url == "/kk/account/consent/"
        person.post("/kk/account/consent/", {"consent": "on"})
        assert person.get("/kk/dashboard/").status_code == 200


@pytest.mark.parametrize("answers", [{}, {"email": "OWNER@example.kz"}, {"username": "dala JELI"}])
def test_a_person_without_a_name_or_with_a_taken_one_is_not_added(client, owner, anonymous_account, answers):
    before = User.objects.count()
    answer = add(client, **answers)
    assert answer.status_code == 200
    assert wrong(answer)
    assert User.objects.count() == before


def events_of(person: User) -> list[tuple]:
    return [(event.kind, event.actor) for event in actions(person)]


def test_a_password_set_here_ends_the_sessions_of_the_person_and_is_told(client, admin, owner, as_person, letters):
    theirs = as_person(owner)
    new = {"usable_password": "true", "password1": "another-pass-phrase", "password2": "another-pass-phrase"}
    place = f"/admin/accounts/user/{owner.pk}/password/"
    assert client.post(place, new | {"password2": "x"}).status_code == 200
    assert not events_of(owner)
    assert client.post(place, new).status_code == 302
    assert theirs.get("/kk/dashboard/").status_code == 302
    assert not owner.sign_ins.filter(ended_at=None).exists()
    assert events_of(owner) == [(EventKind.PASSWORD_SET, admin.journal_key)]
    assert [(letter["X-To"], subject(letter)) for letter in letters] == [
        (owner.email, phrase("An administrator changed your password"))
    ]


def test_an_administrator_who_sets_the_own_password_here_stays_and_is_signed_out_elsewhere(client, admin, as_person):
    elsewhere = as_person(admin)
    new = {"usable_password": "true", "password1": "another-pass-phrase", "password2": "another-pass-phrase"}
    client.post(f"/admin/accounts/user/{admin.pk}/password/", new)
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
    assert admin.sign_ins.filter(ended_at=None).count() == 1


def test_a_password_is_not_set_for_somebody_who_does_not_exist(client):
    for person in ("0", "x", "99999999999999999999"):
        assert client.get(f"/admin/accounts/user/{person}/password/").status_code == 404


def test_administrators_change_their_own_password_where_everybody_does(client):
    for answer in (
        client.get("/admin/password_change/"),
        client.post("/admin/password_change/", {"old_password": "x"}),
    ):
        assert answer.url.endswith("/account/password/change/")


@pytest.mark.django_db(transaction=True)
def test_closing_an_account_signs_the_person_out_at_once(client, owner, as_person):
    theirs = as_person(owner)

    async def scene():
        channel = Socket(theirs, "/ws/news/")
        assert await channel.connect()
        await sync_to_async(change)(client, owner, is_active="")
        assert await channel.told() == {"type": "sign_in.ended"}
        assert await channel.closed() == 4401

    play(scene)
    assert not owner.sign_ins.filter(ended_at=None).exists()


@pytest.mark.parametrize("changes", [{"email": "new@example.kz"}, {"email": "", "username": "dala"}])
def test_a_changed_address_is_told_to_the_one_from_before(client, admin, owner, letters, changes):
    assert change(client, owner, **changes).status_code == 302
    (letter,) = letters
    assert (letter["X-To"], subject(letter)) == (owner.email, phrase("An administrator changed your e-mail"))
    assert "new@example.kz" not in letter.get_content()
    assert events_of(owner) == [(EventKind.EMAIL_CHANGED, admin.journal_key)]
    User.objects.filter(pk=owner.pk).update(email=owner.email)
    change(client, owner)
    assert len(events_of(owner)) == 1


def test_a_changed_address_is_the_one_to_sign_in_with(client, owner, letters):
    change(client, owner, email="new@example.kz")
    answers = {"password": PASSWORD}
    Client().post("/kk/account/login/", answers | {"login": "new@example.kz"})
    assert letters[-1]["X-To"] == "new@example.kz"
    assert Client().post("/kk/account/login/", answers | {"login": "owner@example.kz"}).status_code == 200


def test_a_change_leaves_alone_what_the_person_does_in_the_same_moment(admin, owner, rf):
    """The page read the person before they took their consent back and asked to be deleted, and writes after it."""
    page, request = site.site._registry[User], rf.post("/")
    request.user, due = admin, timezone.now() + timedelta(days=7)
    read_before = User.objects.get(pk=owner.pk)
    form = page.get_form(request, read_before, change=True)
    answers = {field: form(instance=read_before)[field].value() for field in form.base_fields} | {"language": "ru"}
    bound = form({name: value for name, value in answers.items() if value is not None}, instance=read_before)
    assert bound.is_valid(), bound.errors
    User.objects.filter(pk=owner.pk).update(agreed_version="", erasure_due_at=due)
    page.save_model(request, bound.save(commit=False), bound, change=True)
    owner.refresh_from_db()
    assert (owner.language, owner.agreed_version, owner.erasure_due_at) == ("ru", "", due)


def test_signing_out_here_signs_out_everywhere_in_this_browser(client):
    assert client.post("/admin/logout/").status_code == 200
    assert client.get("/kk/dashboard/").status_code == 302


def test_with_a_person_go_the_files_of_that_person(client, owner, django_capture_on_commit_callbacks):
    application = belongings.application_of(owner, Role.VOLUNTEER, State.SENT)
    document = application.documents.first()
    document.file.save("a.pdf", ContentFile(b"%PDF-"))
    Profile.objects.get(user=owner).picture.save("a.webp", ContentFile(b"RIFF"))
    names = [document.file.name, Profile.objects.get(user=owner).picture.name]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address(User, "delete", owner.pk), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=owner.pk).exists()
    assert not any(map(default_storage.exists, names))
