"""Tests in the download of everything: answers with their questions, for people and for programs."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone, translation

from accounts.export import archive
from accounts.models import User
from tests.support.html import text_of
from tests.support.results import more_like, take
from tests_app import questionnaire, services
from tests_app.models import Result, Run

pytestmark = pytest.mark.django_db


def download(user: User) -> tuple[dict[str, list], BeautifulSoup]:
    """Return the tables for programs, and the page for people."""
    file = io.BytesIO()
    archive.write(file, User.objects.get(pk=user.pk))
    found = zipfile.ZipFile(file)
    return json.loads(found.read("data.json"))["tables"], BeautifulSoup(found.read("index.html"), "html.parser")


def test_programs_get_every_answer_with_its_question_and_number(owner):
    take(owner, {"1": 3, "2": None})
    tables, _page = download(owner)
    [result] = tables["test_results"]
    assert (result["instrument"], result["version"], result["score"]) == ("phq9", 1, None)
    assert [answer["value"] for answer in result["answers"]][:3] == [3, None, 0]
    assert result["answers"][0].keys() == {"id", "question", "value", "answer"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_people_read_names_bands_questions_and_answers_in_their_language(owner, language):
    User.objects.filter(pk=owner.pk).update(language=language)
    result = take(owner, {"1": 3})
    _tables, page = download(owner)
    words = text_of(page.select_one("section:has(#test_results)"))
    with translation.override(language):
        asked = questionnaire.of(result.version)
        first = asked.items[0]
        for text in (asked.name, asked.band_of(result.band).label, first.text, first.label_of(3)):
            assert text in words


def test_a_test_that_is_not_finished_is_in_it_with_what_was_answered(owner, instruments):
    run = services.begin(owner=owner, version=instruments["phq9"])
    services.answer(run=run, answers={"2": 1})
    tables, _page = download(owner)
    [begun] = tables["test_runs"]
    assert [(answer["id"], answer["value"]) for answer in begun["answers"]] == [("2", 1)]


def test_a_result_whose_safety_step_waits_is_in_it_for_it_is_the_persons_own(owner):
    take(owner, {"9": 1}, passed=False)
    assert download(owner)[0]["test_results"][0]["safety_passed_at"] is None


def test_answers_that_no_key_opens_do_not_stop_the_rest(owner):
    result = take(owner)
    Result.objects.filter(pk=result.pk).update(public_id="00000000-0000-4000-8000-000000000000")
    [row] = download(owner)[0]["test_results"]
    assert (row["answers"], row["score"]) == (None, 0)


def test_many_results_are_read_in_as_many_queries_as_one(owner, django_assert_max_num_queries):
    first = take(owner)
    more_like(first, 300)
    download(owner)
    with django_assert_max_num_queries(230):  # a few for each table
        download(owner)


def test_a_test_that_nobody_goes_on_with_is_deleted_after_thirty_quiet_days(owner, instruments):
    run = services.begin(owner=owner, version=instruments["phq9"])
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        services.answer(run=run, answers={"1": 1})
    for days, left in ((49, True), (51, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            call_command("daily", stdout=io.StringIO())
        assert Run.objects.exists() == left
