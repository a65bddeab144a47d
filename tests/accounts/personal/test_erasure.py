"""Deleting an account: asked for, taken back, done after some days, and nothing left that leads to the person."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.erasure import services
from accounts.journal import ledger
from accounts.models import Assignment, JournalEntry, Support, User, WaitingPlace
from accounts.personal.registry import tables
from notifications.models import Letter, Notification
from tests.accounts.support import phrase, subject
from tests.support.background import work
from tests.support.cast import PASSWORD, confirm, make_person
from tests.support.everything import everything
from tests.support.html import errors, page, text_of
from tests.support.journal import kinds
from tests.support.news import told, written
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db
PAGE, KEEP = "/kk/profile/data/delete/", "/kk/profile/data/delete/keep/"
LAST = "You are the last administrator here. Give somebody else all rights first."


@pytest.fixture
def client(owner, as_person) -> Client:
    client = as_person(owner)
    confirm(client, owner)
    return client


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Do what follows a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def later(**more) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=settings.ERASURE_DAYS, **more))


# Asking and taking back


def test_asking_needs_a_tick_and_the_password_again(client, owner, as_person):
    assert phrase("Please tick the box if you want to delete your account.") in errors(client.post(PAGE), "sure")
    assert as_person(owner).post(PAGE, {"sure": "on"}).url.startswith("/kk/account/reauthenticate/")
    owner.refresh_from_db()
    assert owner.erasure_due_at is None


def test_after_asking_every_page_says_so_and_a_letter_too(client, owner, letters, commits):
    with commits():
        client.post(PAGE, {"sure": "on"})
    for place in ("/kk/dashboard/", "/kk/profile/", "/kk/mood/"):
        assert page(client.get(place)).select_one(f"main form[action='{KEEP}'] button"), place
    (letter,) = letters
    assert subject(letter) == phrase("Your account will be deleted")
    assert PAGE in letter.get_content()


def test_one_press_keeps_the_account(client, owner, as_person):
    client.post(PAGE, {"sure": "on"})
    as_person(owner).post(KEEP)
    with later(hours=1):
        call_command("erase_due")
    owner.refresh_from_db()
    assert owner.erasure_due_at is None
    assert not page(client.get("/kk/dashboard/")).select_one(f"form[action='{KEEP}']")
    assert kinds(owner).count("erasure-cancelled") == 1


def test_the_notice_costs_no_query(client, owner, django_assert_num_queries):
    client.get("/kk/profile/data/")
    with CaptureQueriesContext(connection) as without:
        client.get("/kk/profile/data/")
    User.objects.update(erasure_due_at=timezone.now() + timedelta(days=1))
    with django_assert_num_queries(len(without)):
        client.get("/kk/profile/data/")


def test_the_last_administrator_stays(as_person, admin, commits):
    client = as_person(admin)
    assert phrase(LAST) in text_of(page(client.post(PAGE, {"sure": "on"})).main)
    User.objects.filter(pk=admin.pk).update(erasure_due_at=timezone.now())
    with later(), pytest.raises(CommandError):
        call_command("erase_due")
    assert User.objects.filter(pk=admin.pk).exists()


def test_one_of_two_administrators_goes(admin):
    other = make_person("other-admin", is_staff=True, is_superuser=True)
    services.erase(user=admin)
    with pytest.raises(services.Refused):
        services.erase(user=other)


# When the time has come


def test_nobody_goes_before_their_time_and_one_failure_stops_no_other(owner, admin):
    first, second = make_person("first"), make_person("second")
    services.ask(user=first)
    User.objects.filter(pk=admin.pk).update(erasure_due_at=timezone.now() - timedelta(days=1))
    call_command_failing()
    assert User.objects.filter(pk=first.pk).exists()
    services.ask(user=second)
    with later(hours=1):
        call_command_failing()
        call_command_failing()
    assert set(User.objects.all()) == {owner, admin}


def call_command_failing() -> None:
    with pytest.raises(CommandError):
        call_command("erase_due")


def test_whoever_is_gone_cannot_sign_in_and_is_signed_out(client, owner, letters, commits):
    services.ask(user=owner)
    with later(hours=1), commits():
        call_command("erase_due")
    assert client.get("/kk/dashboard/").url.startswith("/kk/account/login/")
    answer = client.post("/kk/account/login/", {"login": "owner@example.kz", "password": PASSWORD})
    assert answer.status_code == 200
    assert subject(letters[-1]) == phrase("Your account is deleted")
    assert "Owner" not in letters[-1].get_content()


def test_others_hear_only_that_it_ended(commits):
    person = everything()
    others = {a.user for a in Assignment.objects.filter(helper=person, state__in=("active", "asked"))}
    others |= {a.helper for a in Assignment.objects.filter(user=person, state__in=("active", "asked"))}
    others |= {s.owner for s in Support.objects.filter(supporter=person)}
    others |= {s.supporter for s in Support.objects.filter(owner=person, supporter__isnull=False)}
    Notification.objects.all().delete()
    with commits():
        services.erase(user=person)
    assert others <= {news.user for news in Notification.objects.select_related("user")}
    words = {news.split()[1] for news in told()} - {"place_free"}  # of the room that the person leaves
    assert words <= {"ended", "left", "declined", "withdrawn"}
    assert "Есімі" not in written()


def test_letters_to_somebody_who_is_gone_are_not_sent_but_the_last(owner, outbox, commits):
    for to in ("owner@example.kz", "stranger@example.kz"):
        EmailMessage("x", "y", to=[to]).send()
    with commits():
        services.erase(user=owner)
    assert Letter.objects.count() == 2
    work("notifications.send_letter")
    assert sorted(letter["X-To"] for letter in outbox) == ["owner@example.kz", "stranger@example.kz"]
    assert phrase("Your account is deleted") in [subject(letter) for letter in outbox]


# Nothing is left


def rows_that_lead_to(user: User) -> list[str]:
    """Return the tables with a row whose key is that of the person, in any table of the database."""
    found = []
    for model in [m for m in apps.get_models(include_auto_created=True) if m is not User]:
        for field in model._meta.concrete_fields:
            if field.related_model is User and model._base_manager.filter(**{field.attname: user.pk}).exists():
                found.append(f"{model._meta.label}.{field.name}")
    return found


def places_with(text: str) -> list[str]:
    """Return every column of the database, of whatever kind, in which this text stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'uuid', 'jsonb', 'json', 'bytea', 'ARRAY', 'inet')"
        )
        found = []
        for table, column, kind in cursor.fetchall():
            value = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE {value} ILIKE %s LIMIT 1', [f"%{text}%"])  # noqa: S608
            if cursor.fetchone():
                found.append(f"{table}.{column}")
    return found


def traces(person: User) -> dict[str, list[str]]:
    """Return where what names a person stands in the database: addresses, nickname, name, both ways of the id."""
    names = [person.email, person.username, person.shown_name, str(person.public_id), person.public_id.hex]
    return {name: found for name in names if (found := places_with(name))}


def files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_the_search_for_traces_finds_some_while_the_person_is_there():
    person = everything()
    assert len(traces(person)) == 5
    assert len(rows_that_lead_to(person)) > 25


def test_nothing_is_left_in_any_table_and_no_file(commits):
    everything("bolat")
    kept_files = files()
    kept = {m: set(m._base_manager.values_list("pk", flat=True)) for m in {table.model_class for table in tables()}}
    person = everything("aigul")
    key = person.pk
    with commits():
        services.erase(user=person)
    person.pk = key
    assert rows_that_lead_to(person) == []
    assert traces(person) == {}
    assert {table.name for table in tables() if table.rows_of(person).exists()} == {"journal"}
    assert person.journal_key in ledger.erased_keys()
    assert files() == kept_files
    for model, rows in kept.items():
        assert rows <= set(model._base_manager.values_list("pk", flat=True)), model
    assert WaitingPlace.objects.filter(passed__len__gt=0).exists()  # of the other person's profile


def test_the_log_of_the_administrators_site_says_no_name(commits):
    person = everything()
    services.erase(user=person)
    entries = list(LogEntry.objects.values_list("object_id", "object_repr", "change_message"))
    assert entries == [(None, "", "")]


def test_entries_that_the_person_wrote_for_somebody_else_stay_theirs():
    person = everything()
    theirs = MoodEntry.objects.get(recorded_by=person)
    services.erase(user=person)
    theirs.refresh_from_db()
    assert theirs.recorded_by is None


def test_sessions_end_with_the_account(client, owner):
    client.get("/kk/dashboard/")
    services.erase(user=owner)
    assert not [s for s in Session.objects.all() if s.get_decoded().get("_auth_user_id") == str(owner.pk)]


def test_a_file_that_a_dying_process_left_goes_a_day_later(commits):
    person = everything()
    named = files()
    lost = Path(settings.MEDIA_ROOT) / "documents" / "lost.pdf"
    lost.write_bytes(b"7")
    call_command("erase_due")
    assert lost in files()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        call_command("erase_due")
    assert files() == named
    assert person.profile.picture


# What stays


def test_the_journal_says_that_somebody_went_and_nothing_leads_to_whom(commits, owner, admin):
    key = owner.journal_key
    with commits():
        services.erase(user=owner)
    last = JournalEntry.objects.filter(subject=key).latest("pk")
    assert (last.kind, last.actor, last.actor_role) == ("erased", None, "system")
    assert not places_with("owner@example.kz")


def test_after_an_older_backup_the_same_people_go_again(commits, letters, owner, other_user):
    ledger.note_erased(other_user.journal_key)
    with commits():
        call_command("erase_again")
    assert list(User.objects.all()) == [owner]
    assert not letters
    call_command("erase_again")


def test_who_was_erased_while_the_note_could_not_be_written_is_noted_later(owner):
    key = owner.journal_key
    services.erase(user=owner)
    assert key not in ledger.erased_keys()
    call_command("erase_due")
    call_command("erase_due")
    assert Path(settings.JOURNAL_LEDGER).read_text().count(str(key)) == 1


# By an administrator


def test_an_administrator_deletes_somebody_at_once_with_their_files(as_person, admin, commits):
    person = everything()
    there = files()
    client = as_person(admin)
    with commits():
        client.post(f"/admin/accounts/user/{person.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=person.pk).exists()
    assert there - files()
    assert not LogEntry.objects.filter(object_repr__contains="Есімі").exists()


def test_an_administrator_cannot_delete_the_last_one(as_person, admin):
    client = as_person(admin)
    for place, answers in (
        (f"/admin/accounts/user/{admin.pk}/delete/", {}),
        ("/admin/accounts/user/", {"action": "delete_selected", "_selected_action": admin.pk}),
    ):
        told = client.post(place, {"post": "yes"} | answers, follow=True)
        assert phrase("You are the last administrator here. Give somebody else all rights first.") in text_of(
            page(told)
        )
    assert User.objects.filter(pk=admin.pk).exists()
    assert not LogEntry.objects.exists()
