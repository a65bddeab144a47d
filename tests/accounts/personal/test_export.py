"""Downloading everything: asked for, prepared beside the pages, fetched after the password, deleted in time."""

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.export import services
from accounts.models import Export, User
from accounts.personal.registry import tables
from tests.accounts.support import phrase, subject
from tests.support.background import states, work
from tests.support.cast import confirm, make_person
from tests.support.everything import everything, said
from tests.support.html import page, text_of
from tests.support.journal import kinds
from tests.support.waiting import until
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db
PAGE = "/kk/profile/data/download/"
NOTE = "Бүгін ешкімге айтпаған сөзім"


@pytest.fixture
def client(owner, as_person):
    client = as_person(owner)
    confirm(client, owner)
    return client


def prepared(user: User) -> Export:
    """Ask for a download and prepare it, as the worker does."""
    services.ask(user=user)
    work("accounts.prepare_export")
    return Export.objects.get(user=user)


def content(response) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def address(export: Export) -> str:
    return f"{PAGE}{export.public_id}/emocare.zip"


def fetched(user: User) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(services.open_file(export=prepared(user)))))


# Asking


def test_asking_begins_one_download_and_says_so(client, owner):
    answer = client.post(PAGE, follow=True)
    assert text_of(page(answer).find(id="state")) == phrase("Your file is being prepared")
    client.post(PAGE)
    assert Export.objects.filter(user=owner, state="waiting").count() == 1
    assert kinds(owner).count("export-asked") == 1


def test_asking_needs_the_password_again(owner, as_person):
    answer = as_person(owner).post(PAGE)
    assert answer.url.startswith("/kk/account/reauthenticate/")
    assert not Export.objects.exists()


def test_a_sixth_download_on_one_day_is_refused(client, owner):
    statuses = []
    for _i in range(6):
        Export.objects.all().delete()
        statuses.append(client.post(PAGE).status_code)
    assert statuses == [302] * 5 + [429]


def test_two_downloads_of_one_person_cannot_be(owner):
    services.ask(user=owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.create(user=owner)


# Preparing


def test_it_is_prepared_in_the_background_and_a_letter_says_so(owner, letters, django_capture_on_commit_callbacks):
    services.ask(user=owner)
    with django_capture_on_commit_callbacks(execute=True):
        assert work("accounts.prepare_export") == ["accounts.prepare_export"]
    assert Export.objects.get().is_open
    assert [subject(letter) for letter in letters] == [phrase("Your data are ready")]
    assert str(Export.objects.get().public_id) not in letters[0].get_content()


def test_one_whose_task_was_lost_is_prepared_after_a_while(owner):
    export = services.ask(user=owner)
    assert services.prepare_left() == 0
    Export.objects.update(asked_at=timezone.now() - services.STUCK - timedelta(seconds=1))
    assert services.prepare_left() == 1
    assert not services.prepare(export.pk)  # the task comes after all, and finds nothing to do


def test_what_died_while_it_was_prepared_is_begun_again_three_times_at_most(owner):
    export = services.ask(user=owner)
    Export.objects.update(started_at=timezone.now(), attempts=2)
    assert services.prepare(export.pk)
    Export.objects.update(state="waiting", file="", attempts=3)
    assert not services.prepare(export.pk)
    assert Export.objects.get().state == "failed"


def test_one_that_cannot_be_written_is_said_to_have_failed(client, owner, settings, tmp_path, caplog):
    (tmp_path / "file").write_text("no folder")
    settings.MEDIA_ROOT = tmp_path / "file"
    services.ask(user=owner)
    work("accounts.prepare_export")
    assert page(client.get(PAGE)).select_one("main .notice--error")
    assert [record.getMessage() for record in caplog.records] == ["A download was not prepared: NotADirectoryError"]


def test_the_file_on_the_disk_shows_nothing(owner):
    MoodEntry.objects.create(owner=owner, level=2, note=NOTE)
    path = Path(prepared(owner).file.path)
    assert b"PK" not in path.read_bytes()[:64]
    assert NOTE.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


# What is in it


def test_it_holds_every_table_every_note_in_clear_and_the_files():
    person = everything()
    archive = fetched(person)
    data = json.loads(archive.read("data.json"))
    held = {name for name, rows in data["tables"].items() if rows}
    assert held == {table.name for table in tables() if table.fields}
    notes = archive.read("data.json").decode()
    for what in (
        "reason",
        "supporter",
        "invitation",
        "profile",
        "certificate",
        "word",
        "note",
        "draft",
        "motive",
        "plan",
    ):
        assert said(what) in notes, what
        assert said(what) in archive.read("index.html").decode(), what
    files = {name for name in archive.namelist() if name.startswith("files/")}
    assert {archive.read(name) for name in files} == {b"picture", b"document", b"carried"}
    links = {a["href"] for a in BeautifulSoup(archive.read("index.html"), "html.parser").select("td a")}
    assert links == files


def test_it_holds_nothing_of_others_and_nothing_that_signs_in():
    somebody, person = everything("other"), everything("mine")
    MoodEntry.objects.create(owner=somebody, note="Басқа адамның сөзі")
    archive = fetched(person)
    text = archive.read("data.json").decode() + archive.read("index.html").decode()
    assert "Басқа адамның сөзі" not in text
    assert somebody.email not in text
    assert str(somebody.public_id) not in text
    assert person.password not in text
    addresses = set(re.findall(r"[\w.-]+@example\.kz", text))
    assert addresses == {person.email, f"mother-of-{person.pk}@example.kz"}


def test_moments_are_iso_with_a_zone_and_words_are_those_of_the_person(owner):
    User.objects.filter(pk=owner.pk).update(language="ru", time_zone="Asia/Almaty")
    owner.refresh_from_db()
    moment = timezone.now().replace(hour=20, minute=5)
    MoodEntry.objects.create(owner=owner, level=5, felt_at=moment, causes=["sleep"], note="<b>&")
    archive = fetched(owner)
    (entry,) = json.loads(archive.read("data.json"))["tables"]["mood_entries"]
    assert entry["felt_at"] == moment.isoformat()
    assert entry["level"] == 5
    soup = BeautifulSoup(archive.read("index.html"), "html.parser")
    cells = [text_of(cell) for cell in soup.select("section:has(#mood_entries) td")]
    assert soup.html["lang"] == "ru"
    assert cells[1] == "Отлично"
    assert cells[0].endswith("01:05")
    assert "<b>&" in cells


def test_a_note_that_no_key_opens_does_not_stop_the_rest(owner):
    entry = MoodEntry.objects.create(owner=owner, level=1, note=NOTE)
    MoodEntry.objects.filter(pk=entry.pk).update(public_id="00000000-0000-4000-8000-000000000000")
    (row,) = json.loads(fetched(owner).read("data.json"))["tables"]["mood_entries"]
    assert row["note"] is None
    assert row["level"] == 1


def test_a_thousand_entries_are_read_in_a_fixed_number_of_queries(owner, django_assert_max_num_queries):
    MoodEntry.objects.bulk_create(MoodEntry(owner=owner, level=3, recorded_by=owner) for _i in range(1000))
    export = services.ask(user=owner)
    with django_assert_max_num_queries(3 * len(tables()) + 20):
        services.prepare(export.pk)


# Fetching


def test_the_owner_fetches_it_and_it_is_kept_by_nobody(client, owner):
    answer = client.get(address(prepared(owner)))
    assert "index.html" in content(answer).namelist()
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="emocare.zip"'
    assert kinds(owner).count("export-downloaded") == 1


def test_fetching_needs_the_password_again(owner, as_person):
    answer = as_person(owner).get(address(prepared(owner)))
    assert answer.url.startswith("/kk/account/reauthenticate/")


def test_somebody_elses_download_does_not_exist(client, owner, other_user):
    assert client.get(address(prepared(other_user))).status_code == 404


def test_after_its_time_it_is_gone_and_the_page_offers_a_new_one(client, owner):
    export = prepared(owner)
    with time_machine.travel(timezone.now() + timedelta(hours=settings.EXPORT_HOURS, minutes=1)):
        client.force_login(owner, backend="notifications.backends.AuthenticationBackend")
        answer = client.get(address(export))
    assert answer.status_code == 410
    assert page(answer).select_one("main form[action$='/download/'] button")


def test_its_file_is_deleted_after_its_time(owner, django_capture_on_commit_callbacks):
    export = prepared(owner)
    with time_machine.travel(export.expires_at), django_capture_on_commit_callbacks(execute=True):
        assert services.delete_expired() == 1
        assert services.delete_expired() == 0
    assert not Path(export.file.path).exists()
    assert Export.objects.get().state == "expired"


def test_a_file_that_was_changed_is_not_sent(client, owner, django_capture_on_commit_callbacks):
    export = prepared(owner)
    path = Path(export.file.path)
    broken = bytearray(path.read_bytes())
    broken[40] ^= 1
    path.write_bytes(broken)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.get(address(export))
    assert answer.status_code == 410
    assert not path.exists()


def test_the_worker_prepares_it_and_it_replaces_the_one_before(worker):
    person = make_person("waiting")

    def asked() -> Export:
        services.ask(user=person)
        until(lambda: Export.objects.get(user=person).is_open and states() == [])
        return Export.objects.get(user=person)

    old, new = asked(), asked()
    assert old.public_id != new.public_id
    assert Path(new.file.path).exists()
    assert not Path(old.file.path).exists()
