"""What is kept only for a time goes when the time is over, and not before; the run tells what it did."""

import io
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.choices import Purpose, Role
from accounts.kin import services as kin
from accounts.kin.choices import Right
from accounts.models import (
    Application,
    Consent,
    Document,
    GuardianRequest,
    KnownDevice,
    LockOut,
    RetentionRun,
    SignIn,
    Support,
    User,
)
from accounts.retention import periods as bricks
from accounts.retention.services import LOCK
from accounts.retention.table import table
from accounts.roles import services as roles
from accounts.roles.choices import State
from tests.support.cast import make_person, make_support
from tests_app import library, services
from tests_app.models import Version
from tracker.models import Draft, ReportOffer

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TWO_WEEKS = timedelta(days=14)


def daily() -> dict[str, int]:
    """Run it and return what the report counts, zeros left out."""
    call_command("daily", stdout=io.StringIO())
    return {key: count for key, count in RetentionRun.objects.latest("pk").counts.items() if count}


@pytest.fixture
def rows(owner, other_user, as_person):
    """Leave one row of each kind, all of them made at START."""
    with time_machine.travel(START, tick=False):
        as_person(owner)
        LockOut.objects.create(account="x", place="10.0.0.0")
        AccessAttempt.objects.create(username="x", get_data="", post_data="", failures_since_start=1)
        kin.ask_guardian(child=owner, email="ana@example.kz")
        make_support(owner, other_user, Right.SEE_MOODS, accepted_at=None, days=30)
        roles.save_draft(user=owner, role=Role.VOLUNTEER, answers={"about": "x"})
        Draft.objects.create(owner=owner, text="бастадым")
        ReportOffer.objects.create(owner=owner, closed_at=START)
        library.load()
        services.begin(owner=owner, version=Version.objects.get(instrument__key="phq9"))


AGES = [
    (timedelta(hours=72), {"support_invitations"}),
    (TWO_WEEKS, {"sessions", "guardian_addresses", "report_offers"}),
    (timedelta(days=30), {"lock_outs", "failed_sign_ins", "test_runs"}),
    (timedelta(days=365), {"sign_ins", "devices", "application_drafts", "journal_drafts"}),
]


@pytest.mark.parametrize(("age", "due"), AGES)
def test_each_kind_goes_a_moment_after_its_time_and_not_at_its_edge(rows, age, due):
    with time_machine.travel(START + age, tick=False):
        assert not due & daily().keys()
    with time_machine.travel(START + age + SECOND, tick=False):
        gone = daily()
        assert due <= gone.keys()
        assert set(gone.values()) == {1}
        assert daily() == {}


def test_a_year_later_none_of_these_is_left(rows):
    with time_machine.travel(START + timedelta(days=366)):
        daily()
    tables = [Session, SignIn, KnownDevice, LockOut, AccessAttempt, Support, Application, Draft, ReportOffer]
    assert [table.__name__ for table in tables if table.objects.exists()] == []
    assert GuardianRequest.objects.get().address == ""


def test_periods_that_an_operator_changes_hold_at_once(rows, settings):
    settings.KEEP_DAYS = {**settings.KEEP_DAYS, "sign_ins": 40}
    with time_machine.travel(START + timedelta(days=41)):
        assert "sign_ins" in daily()
        assert "devices" in {period.key for period in table()} - daily().keys()


def test_a_draft_of_an_application_that_somebody_touches_stays_and_goes_later_with_its_files(
    owner, django_capture_on_commit_callbacks
):
    with time_machine.travel(START, tick=False):
        application = roles.save_draft(user=owner, role=Role.VOLUNTEER, answers={"about": "x"})
    with time_machine.travel(START + timedelta(days=300), tick=False):
        roles.save_draft(user=owner, role=Role.VOLUNTEER, answers={"about": "y"})
    document = Document.objects.create(application=application, kind="other", size=1)
    document.file.save("a.pdf", ContentFile(b"%PDF-"))
    with time_machine.travel(START + timedelta(days=400), tick=False):
        assert daily() == {}
    later = time_machine.travel(START + timedelta(days=666), tick=False)
    with later, django_capture_on_commit_callbacks(execute=True):
        assert daily() == {"application_drafts": 1}
    assert not default_storage.exists(document.file.name)


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_an_application_that_was_sent_is_no_draft(owner, state):
    today = date(2026, 11, 23)
    Application.objects.create(
        user=owner, role=Role.VOLUNTEER, state=state, sent_at=START, valid_until=today, changed_at=START
    )
    with time_machine.travel(START + timedelta(days=4000)):
        daily()
    assert Application.objects.exists()


def test_the_age_of_an_adult_is_forgotten_once_they_agreed_for_themselves():
    born = date(2024, 12, 1)  # surely sixteen from here on, so eighteen from December 2026
    agreed, asked_first = (make_person(name, sixteen_from=born) for name in ("agreed", "asked-first"))
    Consent.objects.filter(user=asked_first, purpose=Purpose.SERVICE).delete()
    ages = User.objects.order_by("pk").filter(sixteen_from__isnull=False)
    with time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=UTC)):
        daily()
        assert list(ages.all()) == [agreed, asked_first]
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        assert daily() == {"ages": 1}
        assert list(ages.all()) == [asked_first]


def test_many_rows_go_in_several_transactions(rows, monkeypatch):
    monkeypatch.setattr(bricks, "BATCH", 3)
    LockOut.objects.bulk_create(LockOut(account=str(i), place="10.0.0.0", at=START) for i in range(7))
    with time_machine.travel(START + timedelta(days=31)):
        assert daily()["lock_outs"] == 8
        assert not LockOut.objects.exists()


# The report, and what goes wrong


def test_the_run_prints_and_stores_what_it_did(rows, capsys):
    with time_machine.travel(START + timedelta(days=31), tick=False):
        call_command("daily")
        report = RetentionRun.objects.get()
        assert report.started_at == report.finished_at == timezone.now()
    assert report.counts.keys() == {period.key for period in table()}
    assert report.failed == {}
    lines = {f"{key}: {count}" for key, count in report.counts.items()}
    assert set(capsys.readouterr().out.splitlines()) == lines >= {"lock_outs: 1", "devices: 0"}


def test_a_kind_that_fails_is_named_without_content_and_the_others_go(rows, capsys):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_knowndevice RENAME TO lost")
    with time_machine.travel(START + timedelta(days=366)), pytest.raises(CommandError) as failure:
        call_command("daily")
    report = RetentionRun.objects.get()
    assert report.failed == {"devices": "ProgrammingError"}
    assert str(failure.value) == "Failed: devices (ProgrammingError)"
    assert failure.value.returncode == 1
    assert report.finished_at
    assert not Draft.objects.exists()
    assert "lost" not in capsys.readouterr().err


def test_of_two_runs_at_once_the_second_does_nothing(rows, capsys):
    first = psycopg.connect(_dsn())
    with first, first.cursor() as cursor, time_machine.travel(START + timedelta(days=366)):
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        call_command("daily")
        assert capsys.readouterr().out == "Another run is under way.\n"
        assert not RetentionRun.objects.exists()
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        assert "devices" in daily()


def _dsn() -> str:
    """Return the address of the database of the tests."""
    parts = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return psycopg.conninfo.make_conninfo(**{key: parts[name] for key, name in names.items() if parts[name]})


def test_the_reports_go_too(db):
    with time_machine.travel(START, tick=False):
        daily()
    with time_machine.travel(START + timedelta(days=730) + SECOND, tick=False):
        assert daily() == {"retention_runs": 1}


def test_every_period_that_an_operator_can_set_is_in_the_table():
    used = {period.keep.days for period in table()}
    assert set(project.KEEP_DAYS.values()) <= used
