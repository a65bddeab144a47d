"""Tests in the administrators' site: brought as a file, looked through in three languages, published, retired."""

import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.html import errors, loose_ends, page, text_of
from tests.support.written import content, words
from tests_app.choices import State
from tests_app.models import Instrument, Version
from tests_app.versions.services import import_content, publish

pytestmark = pytest.mark.django_db
ADD, LIST = "/admin/tests_app/version/add/", "/admin/tests_app/version/"


@pytest.fixture
def office(as_person, admin) -> Client:
    admin.language = "en"
    admin.save()
    return as_person(admin)


@pytest.fixture
def draft(db) -> Version:
    return import_content(content=content())[0]


def send(browser: Client, given: Any, **more: Any):
    raw = given if isinstance(given, bytes) else json.dumps(given).encode()
    return browser.post(ADD, {"file": SimpleUploadedFile("calm.json", raw, "application/json")}, **more)


def place(name: str, version: Version) -> str:
    return reverse(f"admin:tests_app_version_{name}", args=[version.pk])


def logged() -> list[str]:
    return [str(entry.get_change_message()) for entry in LogEntry.objects.order_by("pk")]


def test_a_file_becomes_a_draft_that_is_looked_through(office):
    answer = send(office, content(), follow=True)
    version = Version.objects.get()
    assert answer.redirect_chain == [(place("change", version), 302)]
    assert (version.state, version.shipped) == (State.DRAFT, False)
    assert "kept as a draft" in text_of(page(answer).select_one(".messagelist"))
    assert logged() == ["Added."]
    assert "here already" in text_of(page(send(office, content(), follow=True)).select_one(".messagelist"))
    assert Version.objects.count() == len(logged()) == 1


def test_the_preview_shows_every_text_in_its_language(office, draft):
    soup = page(office.get(place("change", draft)))
    for language, ending in (("kk", "қазақша"), ("ru", "по-русски"), ("en", "in English")):
        cells = " ".join(text_of(cell) for cell in soup.select(f".beside td[lang={language}]"))
        for text in ("name", "limits", "Question a", "0 – Option 0", "meaning low", "next_step high"):
            assert f"{text} {ending}" in cells
    assert [text_of(h) for h in soup.select("h1")] == ["name in English, version 1"]
    assert text_of(soup.select_one(".facts")).endswith("filled 0")
    assert loose_ends(office.get(place("change", draft))) == []


def test_a_draft_is_published_after_one_question_and_retired_after_one(office, draft):
    assert page(office.get(place("publish", draft))).select("form [type=submit][value='Publish this version']")
    assert Version.objects.get().state == State.DRAFT  # only asked
    office.post(place("publish", draft))
    assert Version.objects.get().state == State.PUBLISHED
    office.post(place("retire", draft))
    assert Version.objects.get().state == State.RETIRED
    assert logged() == ["Changed published.", "Changed retired."]


def test_pressing_twice_changes_and_logs_once(office, draft):
    assert [office.post(place("publish", draft)).status_code for _ in range(2)] == [302, 302]
    assert logged() == ["Changed published."]
    assert "nothing to do" in text_of(page(office.get(place("publish", draft))).select_one("#content-main"))


def test_the_question_says_which_version_goes(office, draft):
    publish(version=draft)
    second, _new = import_content(content=content(version=2))
    assert "Version 1 is retired" in text_of(page(office.get(place("publish", second))).select_one("#content-main"))


def test_what_cannot_be_published_any_more_says_why(office, draft):
    Instrument.objects.create(key="gone")
    changed = content(version=2)
    changed["bands"][1]["offer"] = "gone"
    version, _new = import_content(content=changed)
    Instrument.objects.get(key="gone").delete()
    answer = office.post(place("publish", version))
    assert "“gone”" in text_of(page(answer).select_one(".errornote[role=alert]"))
    assert (Version.objects.get(pk=version.pk).state, logged()) == (State.DRAFT, [])


HOSTILE = {
    "a script": (content(name=words("<script>alert(1)</script>")), "name › kk"),
    "ten megabytes": (b" " * 10_000_000, "larger than 1 MB"),
    "deep lists": (b"[" * 100_000, "too deep"),
    "a name twice": (b'{"key": "a", "key": "b"}', "twice"),
    "an old encoding": ("{'Тест'}".encode("cp1251"), "UTF-8"),
    "a circle": (
        content() | {"items": [content()["items"][0] | {"ask_if": {"item": "a", "values": [1]}}]},
        "no earlier question",
    ),
    "huge numbers": (b'{"version": 99999999999999999999}', "too large"),
    "nothing": (b"", "empty"),
    "a list": (b"[]", "Here belongs an object"),
    "a name that runs": (content() | {"<img src=x onerror=alert(1)>": 1}, "belong to no name"),
    "a taken word": (content(key="result"), "taken by an address"),
    "a key of somewhere else": (content(key="../admin"), "not written as it should be"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_beside_the_field_and_nothing_is_stored(office, case):
    given, said = HOSTILE[case]
    answer = send(office, given)
    assert answer.status_code == 200
    assert said in errors(answer, "file")
    assert b"<script>alert" not in answer.content
    assert b"<img src=x" not in answer.content
    assert (Version.objects.count(), Instrument.objects.count(), LogEntry.objects.count()) == (0, 0, 0)


def test_no_file_is_an_error_beside_the_field(office):
    assert "required" in errors(office.post(ADD), "file")
    assert "required" in errors(office.post(ADD, {"file": "text"}), "file")


def test_nothing_can_be_changed_or_deleted_there(office, draft):
    publish(version=draft)
    assert office.post(place("change", draft), {"number": 9, "state": "draft"}).status_code == 200
    for method in (office.get, office.post):
        assert method(place("delete", draft)).status_code == 403
    office.post(LIST, {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"})
    assert Version.objects.values_list("number", "state").get() == (1, State.PUBLISHED)
    assert office.get(place("history", draft)).status_code == 200


def test_who_may_only_look_presses_nothing(as_person, admin, draft):
    admin.is_superuser = False
    admin.save()
    admin.user_permissions.add(Permission.objects.get(codename="view_version", content_type__app_label="tests_app"))
    reader = as_person(admin)
    soup = page(reader.get(place("change", draft)))
    assert not soup.select("a[href$='/publish/']")
    assert send(reader, content(version=2)).status_code == 403
    for name in ("publish", "retire"):
        assert reader.post(place(name, draft)).status_code == 403
    assert Version.objects.get().state == State.DRAFT


def test_what_is_not_there_is_not_found(office):
    for path in ("7/change/", "x/change/", "7/publish/", f"{'9' * 30}/retire/", "7/history/"):
        assert office.get(LIST + path).status_code in {302, 404}


def test_the_list_costs_the_same_however_many_there_are(office, instruments):
    with CaptureQueriesContext(
        connection,
    ) as all_of_them:
        soup = page(office.get(LIST))
    assert len(soup.select("#result_list tbody tr")) == len(instruments)
    assert not any('"content",' in query["sql"] for query in all_of_them)
    for number in range(2, 12):
        import_content(content=content(version=number))
    with CaptureQueriesContext(connection) as more:
        office.get(LIST)
    assert len(more) == len(all_of_them)


def test_every_shipped_test_can_be_looked_through(office, instruments):
    for version in instruments.values():
        answer = office.get(place("change", version))
        assert (answer.status_code, loose_ends(answer)) == (200, [])
