"""One's results as a CSV file: all of them, only one's own, harmless in a table program."""

import csv
import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from emocare import sheets
from tests.support.results import changed, more_like, take
from tests_app import questionnaire
from tests_app.results import csv_out
from tests_app.safety.services import go_on

pytestmark = pytest.mark.django_db
FILE = "/{}/tests/files/emocare-tests.csv"


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(datetime(2026, 11, 18, 20, 30, tzinfo=UTC), tick=False):  # Thursday, 01:30 in Almaty
        yield


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_a_result_is_a_row_with_the_persons_clock_and_the_score_in_its_scale(as_person, owner):
    result = take(owner, {"1": 3, "2": 3, "3": 3})
    [row] = rows(as_person(owner).get(FILE.format("en")))
    assert (row["date"], row["time"], row["zone"]) == ("2026-11-19", "01:30", "UTC+05:00")
    assert (row["test_code"], row["version"], row["id"]) == ("phq9", "1", str(result.public_id))
    assert (row["score"], row["lowest_score"], row["highest_score"], row["band_code"]) == ("9", "0", "27", "mild")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_names_bands_and_answers_are_in_the_language_of_the_page(as_person, owner, language):
    result = take(owner, {"1": 2})
    [row] = rows(as_person(owner).get(FILE.format(language)))
    with translation.override(language):
        asked = questionnaire.of(result.version)
        assert (row["test"], row["band"]) == (asked.name, asked.band_of(result.band).label)
        first = asked.items[0]
        assert sheets.split(row["answers"])[0] == f"{first.text} {first.label_of(2)}"
    assert row["answered_in"] == "kk"


def test_what_was_passed_over_is_said_and_has_no_number(as_person, owner):
    asked = questionnaire.of(take(owner, {"1": 2, "2": None}).version)
    [row] = rows(as_person(owner).get(FILE.format("en")))
    with translation.override("en"):
        assert sheets.split(row["answers"])[1] == f"{asked.items[1].text} Passed over"
    assert row["answer_codes"].startswith("1: 2 | 2: | 3: 0 | ")


def test_the_columns_have_stable_english_names_in_every_language(as_person, owner):
    heads = {as_person(owner).get(FILE.format(code)).content for code in ("kk", "ru", "en")}
    assert heads == {"\ufeff{}\r\n".format(",".join(csv_out.COLUMNS)).encode()}


def test_where_too_much_was_left_out_the_cells_for_the_score_are_empty(as_person, owner):
    take(owner, pass_over=True)
    [row] = rows(as_person(owner).get(FILE.format("en")))
    assert [row[name] for name in ("score", "lowest_score", "highest_score", "band", "band_code")] == [""] * 5


def test_every_shipped_test_can_be_written(as_person, owner, instruments):
    for key in instruments:
        take(owner, key=key)
    assert {row["test_code"] for row in rows(as_person(owner).get(FILE.format("kk")))} == set(instruments)


def test_a_result_whose_safety_step_waits_is_not_in_it_yet(as_person, owner):
    result = take(owner, {"9": 1}, passed=False)
    assert rows(as_person(owner).get(FILE.format("kk"))) == []
    go_on(result=result)
    assert len(rows(as_person(owner).get(FILE.format("kk")))) == 1


def test_nobody_elses_results_are_in_it(as_person, owner, other_user, assigned_psychologist):
    take(owner)
    for person in (other_user, assigned_psychologist):
        assert rows(as_person(person).get(FILE.format("en"))) == []


@pytest.mark.parametrize("text", ["=1+1", "+7", "-cmd", "@me", "＝1", "=cmd|' /C calc'!A0", "\t=1", 'a"b;c\nd'])
def test_no_cell_is_a_formula_for_a_table_program_whatever_a_test_says(as_person, owner, instruments, text):
    words = dict.fromkeys(("kk", "ru", "en"), text)
    content = {"name": words, "items": [{"id": "1", "text": words}], "options": [{"value": 0, "label": words}]}
    content["bands"] = [{"code": "all", "low": 0, "high": 27, "label": words, "meaning": words, "next_step": words}]
    take(owner, version=changed(instruments["phq9"], **content, critical=[]))
    [row] = rows(as_person(owner).get(FILE.format("en")))
    assert sheets.as_written(row["test"]) == sheets.as_written(row["band"]) == text
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row.values())


def test_the_file_is_kept_nowhere_and_its_name_tells_nothing(as_person, owner):
    response = as_person(owner).get(FILE.format("en"))
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="emocare-tests.csv"'


def test_a_large_file_asks_as_often_as_a_small_one(as_person, owner):
    first, client, counts = take(owner), as_person(owner), []
    for more in (0, 2 * csv_out.AT_ONCE):
        more_like(first, more)
        with CaptureQueriesContext(connection) as queries:
            found = client.get(FILE.format("kk"))
        counts.append(len(queries))
    assert len(rows(found)) == 2 * csv_out.AT_ONCE + 1
    assert counts[0] == counts[1] <= 4
