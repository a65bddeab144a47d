"""Whatever administrators open of a person is written down; the journal itself they read and search only."""

import pytest
from django.contrib import admin as django_admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import events
from accounts.choices import EventKind, Role
from accounts.journal.choices import Looked, Why
from accounts.journal.watched import Watched
from accounts.models import Breach, GuardianConsent, JournalEntry, RetentionRun, User
from accounts.roles.choices import State
from emergency.models import ChecklistStep
from tests.support.belongings import application_of
from tests.support.cast import make_person
from tests.support.html import page, text_of
from tests.support.journal import looks
from tests.support.training import certified
from tests_app.models import Version

pytestmark = pytest.mark.django_db
JOURNAL = "/admin/accounts/journalentry/"
ABOUT_NOBODY = {Breach, ChecklistStep, RetentionRun, Version}


@pytest.fixture
def office(as_person, admin) -> Client:
    return as_person(admin)


def written() -> list[tuple]:
    """Return all looks: whose, what, why."""
    names = dict(User.objects.values_list("journal_key", "shown_name"))
    rows = JournalEntry.objects.filter(category="look").order_by("pk")
    return [(names.get(row.subject), row.kind, row.why) for row in rows]


def test_no_page_about_a_person_can_be_registered_that_does_not_write_who_looked():
    for model, page_of_model in django_admin.site._registry.items():
        assert isinstance(page_of_model, Watched) or model in ABOUT_NOBODY, model


@pytest.mark.parametrize("rest", ["change/", "history/", "delete/", "password/", "reset-factors/"])
def test_every_page_of_a_person_is_a_look_at_the_account(office, owner, rest):
    assert office.get(f"/admin/accounts/user/{owner.pk}/{rest}").status_code == 200
    assert looks(owner) == [("Admin", Looked.ACCOUNT, Why.ADMINISTRATION)]


def test_the_consent_of_a_legal_representative_is_a_look_of_its_own(office, owner):
    User.objects.filter(pk=owner.pk).update(sixteen_from=timezone.localdate().replace(day=1))
    GuardianConsent.objects.create(
        child=owner, name="Анар", relation="mother", contact="a@b.kz", version="1", language="kk", way="link"
    )
    office.get(f"/admin/accounts/user/{owner.pk}/change/")
    assert {kind for _name, kind, _why in looks(owner)} == {Looked.ACCOUNT, Looked.REPRESENTATIVE}


def test_an_application_an_assignment_and_a_certificate_are_looks(office, owner, assigned_volunteer):
    application = application_of(owner, Role.PSYCHOLOGIST, State.SENT)
    certificate, assignment = certified(owner).pk, owner.assignments.get().pk
    helper = assigned_volunteer.helper_profile.pk
    for path in (
        f"application/{application.pk}/change/",
        f"application/{application.pk}/decide/",
        f"certificate/{certificate}/change/",
        f"certificate/{certificate}/withdraw/",
        f"assignment/{assignment}/change/",
        f"helperprofile/{helper}/change/",
    ):
        assert office.get(f"/admin/accounts/{path}").status_code == 200
    assert written() == [
        ("Owner", Looked.APPLICATION, Why.CHECKING),
        ("Owner", Looked.APPLICATION, Why.CHECKING),
        ("Owner", Looked.CERTIFICATE, Why.ADMINISTRATION),
        ("Owner", Looked.CERTIFICATE, Why.ADMINISTRATION),
        ("Owner", Looked.ASSIGNMENT, Why.ADMINISTRATION),
        ("Assigned-Volunteer", Looked.ASSIGNMENT, Why.ADMINISTRATION),
        ("Assigned-Volunteer", Looked.HELPER_PROFILE, Why.ADMINISTRATION),
    ]


def test_a_list_and_proposals_of_names_are_one_entry_about_nobody(office, owner, other_user):
    office.get("/admin/accounts/user/")
    names = {"app_label": "accounts", "model_name": "assignment", "field_name": "user", "term": "o"}
    assert office.get("/admin/autocomplete/", names).status_code == 200
    assert written() == [(None, Looked.LIST, Why.ADMINISTRATION)] * 2


def test_what_is_refused_or_not_there_is_not_written(as_person, owner, admin, curator):
    for client in (as_person(curator), as_person(admin, verified=False), as_person(None)):
        client.get(f"/admin/accounts/user/{owner.pk}/change/")
        client.get("/admin/accounts/user/")
    as_person(admin).get("/admin/accounts/user/0/change/")
    as_person(admin).get("/admin/accounts/application/documents/0/")
    as_person(admin).get(f"/admin/accounts/user/{admin.pk}/reset-factors/")
    assert written() == []


def test_the_journal_is_found_by_any_name_of_whoever_looked_or_whose_it_is(office, owner, other_user, curator):
    events.looked(actor=other_user, whose=owner, what=Looked.MOODS, why=Why.SHARED)
    events.looked(actor=curator, whose=other_user, what=Looked.NOTES, why=Why.SHARED)
    for words, lines in (("owner@example.kz", 1), ("stranger", 2), ("Curator", 1), ("nobody", 0)):
        found = page(office.get(JOURNAL, {"q": words, "kind__in": "moods,notes"}))
        assert len(found.select("#result_list tbody tr")) == lines


def test_the_journal_is_filtered_by_what_and_names_people_also_who_are_gone(office, owner, other_user):
    events.looked(actor=other_user, whose=owner, what=Looked.MOODS, why=Why.SHARED)
    events.record(user=owner, kind=EventKind.TRAINED)
    other_user.delete()
    shown = page(office.get(JOURNAL, {"kind__exact": "moods"})).select("#result_list tbody tr")
    assert len(shown) == 1
    assert "Owner" in text_of(shown[0])
    assert "Stranger" not in text_of(shown[0])
    shown = page(office.get(JOURNAL, {"category__exact": "action"})).select("#result_list tbody tr")
    assert len(shown) == 1


def test_the_reason_is_shown_on_the_page_of_one_entry_and_reading_it_is_a_look(office, owner, admin):
    entry = events.record(user=owner, kind=EventKind.SUSPENDED, actor=admin, reason="Шағым түсті")
    assert "Шағым түсті" in text_of(page(office.get(f"{JOURNAL}{entry.pk}/change/")).main)
    assert looks(owner) == [("Admin", Looked.JOURNAL, Why.ADMINISTRATION)]
    for page_of_entry in ("add/", f"{entry.pk}/delete/"):
        assert office.get(f"{JOURNAL}{page_of_entry}").status_code == 403


def test_a_long_journal_costs_no_more_queries_than_a_short_one(office, owner):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(JOURNAL).status_code == 200
        return len(captured)

    events.looked(actor=make_person("first"), whose=owner, what=Looked.MOODS, why=Why.SHARED)
    queries()
    few = queries()
    for number in range(20):
        events.looked(actor=make_person(f"other-{number}"), whose=owner, what=Looked.MOODS, why=Why.SHARED)
    assert queries() == few
