"""The result as a PDF file: real text, tagged for screen readers, the same every time."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.http import HttpResponse
from django.utils import timezone
from pypdf import PdfReader

from tests.support.results import changed, label, phq9, take
from tests_app.models import Result

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # Sunday evening in Almaty
LANGUAGES = ["kk", "ru", "en"]


@pytest.fixture(autouse=True)
def _on_a_sunday():
    with time_machine.travel(NOW, tick=False), timezone.override("Asia/Almaty"):
        yield


def fetch(client, result: Result, language: str = "en", **query: str) -> HttpResponse:
    answer = client.get(f"/{language}/tests/result/{result.public_id}/emocare-result.pdf", query)
    assert answer.status_code == 200
    return answer


def read(answer: HttpResponse) -> PdfReader:
    return PdfReader(BytesIO(answer.content), strict=True)


def words(answer: HttpResponse) -> str:
    """Return all text of the file with single spaces."""
    return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in read(answer).pages))


def tags(answer: HttpResponse) -> list[str]:
    """Return the kinds of the parts of the tagged structure, in reading order."""
    found: list[str] = []

    def walk(part) -> None:
        part = part.get_object()
        if isinstance(part, list):
            for inner in part:
                walk(inner)
        elif isinstance(part, dict):
            if "/S" in part:
                found.append(part["/S"])
            if "/K" in part:
                walk(part["/K"])

    walk(read(answer).trailer["/Root"]["/StructTreeRoot"])
    return found


# The file


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_and_names_its_language_and_title(as_person, owner, instruments, language):
    answer = fetch(as_person(owner), take(owner, phq9(9)), language)
    root = read(answer).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert read(answer).metadata.title.startswith(instruments["phq9"].content["name"][language])
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_headings_and_the_table_are_such_for_a_screen_reader(as_person, owner):
    found = tags(fetch(as_person(owner), take(owner, phq9(9)), answers="on"))
    assert found.count("/H1") >= 6
    assert {"/Table", "/TH", "/TD", "/P"} <= set(found)
    assert found.count("/TH") == 2
    assert found.count("/TD") == 20


def test_the_letters_of_kazakh_are_text(as_person, owner, instruments):
    letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
    limits = {"limits": dict.fromkeys(LANGUAGES, f"Мынау {letters}.")}
    result = take(owner, phq9(9), version=changed(instruments["phq9"], **limits))
    assert letters in words(fetch(as_person(owner), result, "kk"))


def test_it_is_the_same_every_time(as_person, owner):
    client, result = as_person(owner), take(owner, phq9(9))
    first = fetch(client, result).content
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        assert fetch(client, result).content == first


def test_its_name_and_its_description_say_nothing_about_the_person(as_person, owner):
    answer = fetch(as_person(owner), take(owner, phq9(9)))
    assert answer["Content-Disposition"] == 'attachment; filename="emocare-result.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert owner.shown_name not in str(read(answer).metadata)


def test_it_is_limited(as_person, owner, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"pdf": "1/h/user"}
    client, result = as_person(owner), take(owner, phq9(9))
    fetch(client, result)
    assert client.get(f"/en/tests/result/{result.public_id}/emocare-result.pdf").status_code == 429


# What is in it


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_page_says(as_person, owner, instruments, language):
    content = instruments["phq9"].content
    moderate = next(band for band in content["bands"] if band["code"] == "moderate")
    text = words(fetch(as_person(owner), take(owner, phq9(12)), language))
    for said in (moderate["label"], moderate["meaning"], moderate["next_step"], content["limits"], content["name"]):
        assert re.sub(r"\s+", " ", said[language]) in text
    assert "12" in text
    assert content["citation"][:40] in text


def test_the_scale_is_a_sentence(as_person, owner):
    text = words(fetch(as_person(owner), take(owner, phq9(9))))
    assert f"9 of 27: {label('mild')}" in text
    assert f"The mark stands at 9, in part 2 of 5: 5 to 9, “{label('mild')}”." in text
    assert "From 6 December 2026 on" in text


def test_answers_are_in_it_only_when_they_are_chosen(as_person, owner):
    client, result = as_person(owner), take(owner, phq9(9))
    for query in ({}, {"answers": "1"}, {"answers": ""}):
        assert "Little interest" not in words(fetch(client, result, **query))
    assert "Little interest or pleasure in doing things Nearly every day" in words(fetch(client, result, answers="on"))


def test_a_profile_is_its_answers(as_person, owner):
    assert "No, no difficulty" in words(fetch(as_person(owner), take(owner, key="wgss")))


def test_pages_are_numbered(as_person, owner):
    pages = read(fetch(as_person(owner), take(owner, phq9(9)), answers="on")).pages
    assert len(pages) > 1
    for number, sheet in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in sheet.extract_text()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Айша 🌷 {nb}", "Айша □ {nb} answered"),
        ('#panic("x") $x^2$ *b* @ref \\ <a>', '#panic("x") $x^2$ *b* @ref \\ <a> answered'),
        ("中文\u202e\u0007", "□ answered"),
    ],
)
def test_whatever_somebody_is_called_is_only_text(as_person, owner, name, said):
    owner.shown_name = name
    owner.save()
    text = words(fetch(as_person(owner), take(owner, phq9(9))))
    assert said in text
    assert ("□ stands for a sign" in text) == ("□" in said)


def test_texts_of_an_instrument_are_no_markup(as_person, owner, instruments):
    evil = '#read("/etc/passwd") #include "result.typ" #import "@preview/x:1.0.0" 🌷'
    result = take(owner, phq9(9), version=changed(instruments["phq9"], limits=dict.fromkeys(LANGUAGES, evil)))
    assert evil.replace("🌷", "□") in words(fetch(as_person(owner), result))
