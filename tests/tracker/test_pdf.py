"""The report on a period as a PDF file: what is in it, what is not, and that no text breaks it."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts.models import User
from emocare.printing import known
from tests.support.pdf import is_for_everybody, structure, tags
from tracker import sentences, services
from tracker.dynamics import dynamics_of
from tracker.models import MoodEntry, OwnWord
from tracker.periods import Span

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # Sunday evening in Almaty
PDF = "/{}/mood/report/emocare-mood.pdf"
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"


@pytest.fixture(autouse=True)
def _on_a_sunday():
    with time_machine.travel(NOW, tick=False), timezone.override("Asia/Almaty"):
        yield


def write(owner: User, level: int | None = 4, days_ago: float = 0, **fields) -> MoodEntry:
    entry, _created = services.record_mood(
        owner=owner, level=level, felt_at=NOW - timedelta(days=days_ago), form_key=uuid.uuid4(), **fields
    )
    return entry


def a_month(owner: User, days: int = 12) -> None:
    """Record a mood a day: 2 on days with pain, 5 on the others."""
    for i in range(days):
        write(owner, 2 if i % 2 else 5, i, causes=["pain"] if i % 2 else ["rest"], feelings=["calm"])


def fetch(client, language: str = "en", **query: str) -> HttpResponse:
    answer = client.get(PDF.format(language), query)
    assert answer.status_code == 200
    return answer


def read(answer: HttpResponse) -> PdfReader:
    return PdfReader(BytesIO(answer.content), strict=True)


def words(answer: HttpResponse) -> str:
    """Return all text of the file with single spaces."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read(answer).pages))


def unbroken(text: object) -> str:
    return re.sub(r"\s+", " ", str(text))


# What is in it


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_says_in_each_language_what_the_page_says(as_person, owner, language):
    a_month(owner)
    text = words(fetch(as_person(owner), language, span="month"))
    with translation.override(language):
        shown = dynamics_of(owner, Span.MONTH, NOW.date())
        said = [
            shown.period.title(),
            sentences.overview(shown),
            sentences.of_weekdays(shown.weekdays),
            sentences.of_hours(shown.hours),
            *(sentences.of_day(*day) for day in [*shown.extremes[0], *shown.extremes[1]]),
            *(sentences.of_effect(item) for item in shown.causes),
            *(point.name for point in shown.points if point.levels),
        ]
    assert [sentence for sentence in said if unbroken(sentence) not in text] == []


@pytest.mark.parametrize(("language", "mean"), [("kk", "3,5"), ("ru", "3,5"), ("en", "3.5")])
def test_numbers_are_written_as_the_language_writes_them(as_person, owner, language, mean):
    a_month(owner)
    assert f" {mean} " in words(fetch(as_person(owner), language, span="month"))


def test_a_mean_is_rounded_and_not_cut(as_person, owner):
    for i in range(24):
        write(owner, 5 if i else 4, i / 48)
    assert "Average 5.0" in words(fetch(as_person(owner), span="week"))


def test_it_holds_the_numbers_of_the_period_and_of_the_one_before(as_person, owner):
    for level, days_ago in ((4, 0), (5, 1), (1, 8)):
        write(owner, level, days_ago)
    text = words(fetch(as_person(owner), span="week"))
    assert "This period The time before Average 4.5 1.0 Spread 0.5 0.0 From – to 4 – 5 1 – 1 Entries 2 1" in text
    assert "Days with an entry 2 1" in text


def test_it_says_whose_it_is_and_that_it_is_no_diagnosis(as_person, owner):
    assert "Owner recorded this. It is a person's own record, not a diagnosis." in words(fetch(as_person(owner)))


def test_a_mark_of_the_chart_holds_its_number_and_the_scale_is_in_words(as_person, owner):
    write(owner, 4)
    text = read(fetch(as_person(owner), span="week")).pages[0].extract_text()
    assert [level for level in range(1, 6) if not re.search(rf"^{level} – \w", text, re.MULTILINE)] == []
    assert re.search(r"^4$", text, re.MULTILINE)


def test_what_a_mood_came_with_is_compared_only_from_enough_days_on(as_person, owner):
    a_month(owner, 8)
    assert "not proof" not in words(fetch(as_person(owner), span="month"))
    MoodEntry.objects.all().delete()
    a_month(owner, 12)
    text = words(fetch(as_person(owner), span="month"))
    assert "On days with “Pain” your mood is 3.0 lower." in text
    assert "This is not proof" in text
    assert re.search(r"Pain 6 2\.0 6 5\.0 [-−]3\.0", text)


def test_days_that_have_not_come_are_not_in_the_table(as_person, owner):
    write(owner)
    text = words(fetch(as_person(owner), span="month"))
    assert "Saturday, 21 November no entry" in text
    assert "23 November" not in text


@pytest.mark.parametrize("span", Span.values)
@pytest.mark.parametrize("language", ["kk", "en"])
def test_each_span_works_with_moods_and_without(as_person, owner, span, language):
    client = as_person(owner)
    empty = words(fetch(client, language, span=span))
    for days_ago in (0, 3, 40, 400, 3000):
        write(owner, 4, days_ago)
    full = words(fetch(client, language, span=span))
    with translation.override(language):
        assert sentences.overview(dynamics_of(owner, Span(span), NOW.date())) in full
        assert "No mood is recorded in this period." in empty or language != "en"
    assert len(full) > len(empty)


def test_the_period_is_asked_for_as_on_the_page(as_person, owner):
    client = as_person(owner)
    assert "1 October 2026" not in words(fetch(client))
    assert "November 2026" in words(fetch(client))
    assert "October 2026" in words(fetch(client, span="month", day="2026-10-03"))
    assert "16 November 2026 – 22 November 2026" in words(fetch(client, span="nonsense", day="nonsense"))


# The file


def test_the_file_names_itself_its_language_and_its_parts(as_person, owner):
    a_month(owner)
    pdf = read(fetch(as_person(owner), "kk", span="month"))
    assert pdf.trailer["/Root"]["/Lang"] == "kk"
    assert pdf.metadata.title.endswith(": 2026 ж. қараша")
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert len(pdf.outline) >= 1
    assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx([595.3, 841.9], abs=0.1)


def test_a_screen_reader_finds_headings_tables_and_what_the_chart_shows(as_person, owner):
    a_month(owner)
    content = fetch(as_person(owner), span="month").content
    assert is_for_everybody(content)
    assert {"/H1", "/H2", "/L", "/Table", "/TH", "/Figure"} <= set(tags(content))
    (drawing,) = [part for part in structure(content) if part["/S"] == "/Figure"]
    assert drawing["/Alt"].startswith("Mood over the period. ")
    assert "very good, 5.0 (1 entry)" in drawing["/Alt"]


def test_pages_are_numbered(as_person, owner):
    a_month(owner)
    pages = read(fetch(as_person(owner), span="month")).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()


def test_its_name_and_its_description_say_nothing_about_the_person(as_person, owner):
    write(owner, note="құпия")
    answer = fetch(as_person(owner), notes="on")
    assert answer["Content-Disposition"] == 'attachment; filename="emocare-mood.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert owner.shown_name not in str(read(answer).metadata)


def test_a_strange_name_is_no_trouble(as_person, owner):
    owner.shown_name = "Айша 🌷 {nb} %(name)s"
    owner.save()
    assert "Айша □ {nb} %(name)s recorded this." in words(fetch(as_person(owner)))


# Notes


def test_notes_are_in_it_only_when_they_are_chosen(as_person, owner):
    client, own = as_person(owner), "Бүгін дәрігерге бардым"
    write(owner, 4, note=own, feelings=["calm"], own_causes=["Жаңбыр"])
    write(owner, None, note="Тек сөз", prompt="day")
    assert own not in words(fetch(client, span="week"))
    text = words(fetch(client, span="week", notes="on"))
    assert "Good (4), 22 November 2026, 20:00 Calm, Жаңбыр " + own in text
    assert "Journal entry, 22 November 2026, 20:00 What of today do I want to remember? Тек сөз" in text


def test_a_note_without_a_mood_is_in_a_period_without_moods(as_person, owner):
    write(owner, None, note="Тек сөз")
    text = words(fetch(as_person(owner), span="week", notes="on"))
    assert "No mood is recorded" in text
    assert "Тек сөз" in text


def test_a_stranger_gets_nothing_of_it(as_person, owner, other_user):
    write(owner, 5, note="құпия сөз")
    OwnWord.objects.create(owner=owner, kind="cause", word="Жасырын")
    text = words(fetch(as_person(other_user), span="all", notes="on"))
    assert "No mood is recorded" in text
    assert not {"құпия", "Жасырын", "Owner"} & set(text.replace(".", " ").split())


def test_nobody_gets_it_without_signing_in(as_person):
    assert "/login" in as_person(None).get(PDF.format("en"))["Location"]


def test_it_is_only_read(as_person, owner):
    assert as_person(owner).post(PDF.format("en")).status_code == 405
    assert as_person(owner).head(PDF.format("en")).content == b""


# Letters


def test_every_kazakh_letter_survives(as_person, owner):
    write(owner, note=f"{KAZAKH} {KAZAKH[::-1]}")
    assert f"{KAZAKH} {KAZAKH[::-1]}" in words(fetch(as_person(owner), "kk", notes="on"))


def test_the_font_has_the_letters_of_our_languages_and_of_those_to_come():
    letters = KAZAKH + "АЯЁаяёĞğŞşİıÇçÖöÜüʻʼОЎўЃqz0123456789₸№«»“”–…•□−"
    assert [letter for letter in letters if ord(letter) not in known()] == ["ʻ"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("бір 😀👨‍👩‍👧🏽🇰🇿 екі", "бір □ екі"),
        ("😀" * 5000, "□"),
        ("你好 سلام", "□ □"),
        ("ﬁ ①\u2009𝓐 ⅷ", "fi 1 A viii"),
        ("а\u0000б\u0007в\tг\u200bд\u202eе\u00adж", "абв гдеж"),
        ("бір\u2028екі\r\nүш\rтөрт", "бір екі үш төрт"),
        ("е\u0308 и\u0306 қ", "ё й қ"),
        ("z" + "\u0489\u20dd" * 50, "z"),
        ("{nb} {{nb}} **a** __b__ [c](d)", "{nb} {{nb}} **a** __b__ [c](d)"),
        ("\ufeff{nb}\ufeff\\\\ (a) <b>&amp;</b>", "{nb}\\\\ (a) <b>&amp;</b>"),
        ("\udbff".encode("utf-8", "replace").decode() + "\U0010ffff\ue000\ufffd", "?□"),
    ],
)
def test_what_the_font_lacks_shows_as_something_else(as_person, owner, written, shown):
    write(owner, note=f"start {written} end")  # older entries may hold what forms refuse today
    text = words(fetch(as_person(owner), span="week", notes="on"))
    assert f"start {shown} end" in text
    assert ("□ stands for" in text) == ("□" in shown)


@pytest.mark.parametrize("note", ["қ" * 20_000, "\n" * 5000 + "соңы", "😀\n" * 3000], ids=["word", "lines", "emoji"])
def test_endless_words_and_lines_stay_on_the_page(as_person, owner, note):
    write(owner, None, note=note)
    pages = read(fetch(as_person(owner), notes="on")).pages
    text = "".join(page.extract_text() for page in pages)
    assert text.count("қ") >= note.count("қ")
    for page in pages:
        ends = [0.0]
        page.extract_text(visitor_text=lambda t, _cm, tm, _font, _size, ends=ends: ends.append(tm[4]))
        assert max(ends) < 595


def test_a_note_of_a_book_is_all_there(as_person, owner):
    write(owner, note=" ".join(f"с{i}" for i in range(25_000)))
    pages = read(fetch(as_person(owner), notes="on")).pages
    assert "с24999" in pages[-1].extract_text()
    assert len(pages) > 40


# Cost


@pytest.mark.parametrize("query", [{"span": "year"}, {"span": "all", "notes": "on"}])
def test_the_number_of_queries_does_not_grow(as_person, owner, query):
    client, counts = as_person(owner), []
    for more in (1, 40):
        for i in range(more):
            write(owner, 3, i, note="сөз", own_causes=["Жаңбыр"])
        with CaptureQueriesContext(connection) as queries:
            fetch(client, **query)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7
