"""Somebody asks to be a volunteer or a psychologist."""

import datetime
import uuid

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.choices import EventKind, Purpose, Role
from accounts.models import Application, Consent, Document, JournalEntry, User
from accounts.roles import services
from accounts.roles.choices import State
from tests.accounts.kin.support import at
from tests.accounts.roles.conftest import ANSWERS, NUMBER, pdf
from tests.accounts.support import phrase
from tests.support.html import errors, page, text_of
from tests.support.journal import kinds
from tests.support.news import told, written

pytestmark = pytest.mark.django_db
HOME = "/kk/helping-others/"


def place(application, end: str = "") -> str:
    return f"{HOME}applications/{application.public_id}/{end}"


@pytest.fixture
def client(owner, as_person):
    return as_person(owner)


def test_an_application_goes_from_the_form_over_the_documents_to_the_administrators(client, owner):
    begun = client.post(f"{HOME}psychologist/", ANSWERS | {"number": NUMBER})
    application = Application.objects.get()
    assert begun.url == place(application)
    for kind in ("identity", "diploma"):
        assert client.post(place(application, "documents/"), {"kind": kind, "file": pdf()}).status_code == 302
    assert client.post(place(application, "send/"), {"consent": "on"}).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.number) == (State.SENT, NUMBER)
    assert EventKind.APPLIED in kinds(owner)
    assert Consent.objects.filter(user=owner, purpose=Purpose.HELPING).exists()


def test_each_step_is_told_without_what_was_written(sent, owner, admin):
    application = sent(owner)
    services.refuse(application=application, actor=admin, reason="Диплом оқылмайды")
    assert told(owner) == ["role sent", "role refused"]
    assert "Диплом оқылмайды" not in written()
    assert ANSWERS["motive"] not in written()


def test_whoever_becomes_a_helper_is_told_of_every_turn(sent, owner, admin):
    application, until = sent(owner), timezone.localdate() + datetime.timedelta(days=30)
    services.approve(application=application, actor=admin, until=until)
    services.suspend(application=application, actor=admin, reason="x")
    services.renew(application=application, actor=admin, until=until)
    assert told(owner) == ["role sent", "role approved", "role suspended", "role renewed"]


@pytest.mark.parametrize("missing", ["legal_name", "number", "about", "motive", "adult"])
def test_what_is_missing_is_said_beside_its_field_and_the_rest_stays(client, missing):
    answers = ANSWERS | {"number": NUMBER}
    answer = client.post(f"{HOME}psychologist/", {k: v for k, v in answers.items() if k != missing})
    assert errors(answer, missing)
    kept = "about" if missing != "about" else "motive"
    assert text_of(page(answer).select_one(f"[name={kept}]")) == answers[kept]


def test_a_volunteer_is_asked_for_no_diploma(client):
    assert not page(client.get(f"{HOME}volunteer/")).select("[name=number]")


@pytest.mark.parametrize("role", ["user", "staff", "admin", "king"])
def test_no_other_role_can_be_asked_for(client, owner, role):
    assert client.post(f"{HOME}{role}/", ANSWERS | {"number": NUMBER, "role": "staff"}).status_code == 404
    assert not Application.objects.exists()


def test_fields_of_a_form_that_name_a_role_or_a_state_change_nothing(client, owner):
    client.post(f"{HOME}volunteer/", ANSWERS | {"role": "psychologist", "state": "approved", "user": "1"})
    owner.refresh_from_db()
    application = Application.objects.get()
    assert (application.role, application.state, application.user, owner.role) == (
        Role.VOLUNTEER,
        State.DRAFT,
        owner,
        Role.USER,
    )


def test_without_the_documents_nothing_is_sent_and_the_page_says_what_is_missing(client, owner):
    client.post(f"{HOME}psychologist/", ANSWERS | {"number": NUMBER})
    application = Application.objects.get()
    shown = page(client.get(place(application)))
    assert phrase("Diploma in psychology") in text_of(shown)
    assert not shown.select(f"form[action$='{place(application, 'send/')}']")
    assert client.post(place(application, "send/"), {"consent": "on"}).status_code == 200
    application.refresh_from_db()
    assert application.state == State.DRAFT


def test_without_the_consent_nothing_is_sent(client, owner, draft):
    application = draft(owner)
    assert errors(client.post(place(application, "send/")), "consent")
    assert not Application.objects.filter(state=State.SENT).exists()


def test_an_application_sent_twice_is_one(client, owner, draft):
    application = draft(owner)
    for _again in range(2):
        assert client.post(place(application, "send/"), {"consent": "on"}).status_code == 302
    assert JournalEntry.objects.filter(kind=EventKind.APPLIED).count() == 1
    assert client.post(f"{HOME}psychologist/", ANSWERS | {"number": NUMBER}).url == place(application)
    assert Application.objects.count() == 1


def test_what_was_sent_cannot_be_changed_any_more(client, owner, sent):
    application = sent(owner)
    document = application.documents.first()
    answer = client.post(place(application, "documents/"), {"kind": "other", "file": pdf()})
    assert text_of(page(answer).select_one(".error-summary"))
    client.post(place(application, f"documents/{document.public_id}/remove/"))
    assert application.documents.count() == 2


def test_taking_back_deletes_the_documents(client, owner, sent, django_capture_on_commit_callbacks):
    application = sent(owner)
    names = [document.file.name for document in application.documents.all()]
    assert all(map(default_storage.exists, names))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(place(application, "withdraw/"))
    assert not any(map(default_storage.exists, names))
    assert not Document.objects.exists()
    assert client.get(f"{HOME}psychologist/").status_code == 200


def test_a_removed_document_is_gone_from_the_disk(client, owner, draft, django_capture_on_commit_callbacks):
    application = draft(owner)
    document = application.documents.first()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(place(application, f"documents/{document.public_id}/remove/"))
    assert not default_storage.exists(document.file.name)
    assert application.documents.count() == 1


def test_there_are_at_most_ten_documents(client, owner, draft):
    application = draft(owner)
    for _more in range(9):
        answer = client.post(place(application, "documents/"), {"kind": "other", "file": pdf()})
    assert errors(answer, "file")
    assert application.documents.count() == services.MOST_DOCUMENTS


@pytest.mark.parametrize("end", ["", "documents/", "send/", "withdraw/"])
def test_strangers_find_nothing(as_person, owner, other_user, admin, draft, end):
    application = draft(owner)
    for person in (other_user, admin):
        client = as_person(person)
        method = client.get if end in {"", "withdraw/"} else client.post
        assert method(place(application, end)).status_code == 404
    assert as_person(owner).get(f"{HOME}applications/{uuid.uuid4()}/").status_code == 404


def test_what_people_write_is_unreadable_in_the_database(owner, draft):
    application = draft(owner)
    stored = Application.objects.filter(pk=application.pk).values_list("legal_name", "number", "about", "motive").get()
    for sealed in stored:
        assert not any(word.encode() in bytes(sealed) for word in (*ANSWERS.values(), NUMBER))


def test_the_pages_take_as_many_queries_for_ten_documents_as_for_two(
    client, owner, draft, django_assert_max_num_queries
):
    application = draft(owner)
    with django_assert_max_num_queries(20) as counted:
        client.get(place(application))
    few = len(counted)
    for _more in range(8):
        client.post(place(application, "documents/"), {"kind": "other", "file": pdf()})
    with django_assert_max_num_queries(few):
        client.get(place(application))


@at()
def test_a_minor_is_told_kindly_that_only_adults_help(client):
    User.objects.update(sixteen_from=datetime.date(2026, 1, 1))
    answer = client.post(f"{HOME}volunteer/", ANSWERS, follow=True)
    assert phrase("Only adults can be helpers here.") in text_of(page(answer))
    assert not Application.objects.exists()


def test_a_volunteer_without_the_training_sends_nothing(client, owner, draft):
    application = draft(owner, Role.VOLUNTEER)
    shown = page(client.get(place(application)))
    assert shown.select(".go a[href$='/training/']")
    client.post(place(application, "send/"), {"consent": "on"})
    application.refresh_from_db()
    assert application.state == State.DRAFT
