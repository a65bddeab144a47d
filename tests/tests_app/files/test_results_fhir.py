"""Results as FHIR R4: what hospitals' systems read, with nothing of the person but what they chose."""

import json
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from fhir.resources.R4B.bundle import Bundle

from tests.support.results import changed, more_like, take
from tests_app import library, questionnaire
from tests_app.access import answers_in
from tests_app.results import fhir
from tests_app.safety.services import go_on

pytestmark = pytest.mark.django_db
ALL, ONE = "/{}/tests/files/emocare-fhir.json", "/{}/tests/result/{}/fhir.json"
SHIPPED = [content["key"] for content in library.shipped()]


@pytest.fixture(autouse=True)
def _wednesday():
    with time_machine.travel(datetime(2026, 11, 18, 20, 30, tzinfo=UTC), tick=False):
        yield


def resources(response) -> dict[str, list[dict]]:
    """Check a file against FHIR and return its resources by their type."""
    content = json.loads(response.content)
    Bundle.model_validate(content)
    found: dict[str, list[dict]] = {}
    for entry in content["entry"]:
        assert entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}"
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    named = set(re.findall(r'"reference": ?"([^"]+)"', response.content.decode()))
    assert named <= {entry["fullUrl"] for entry in content["entry"]}  # nothing refers to what is not in it
    return found


def said(coding: dict, language: str) -> str:
    """Return the words of a code in a language; those of LOINC are English, with a translation beside them."""
    for extension in coding.get("_display", {}).get("extension", []):
        parts = {part["url"]: part for part in extension["extension"]}
        if parts["lang"]["valueCode"] == language:
            return parts["content"]["valueString"]
    return coding["display"]


@pytest.fixture
def fetched(as_person, owner):
    """Return the resources of one result as the owner gets them."""
    return lambda result, language="en", more="": resources(
        as_person(owner).get(ONE.format(language, result.public_id) + more)
    )


@pytest.mark.parametrize("pass_over", [False, True])
@pytest.mark.parametrize("key", SHIPPED)
def test_every_shipped_test_is_valid_with_every_question_answered_and_with_as_many_as_may_be_passed_over(
    fetched, owner, key, pass_over
):
    result = take(owner, key=key, pass_over=pass_over)
    found = fetched(result)
    [response] = found["QuestionnaireResponse"]
    asked = questionnaire.of(result.version)
    assert [item["linkId"] for item in response["item"]] == [item.id for item in asked.asked(answers_in(result))]
    totals = [o for o in found.get("Observation", []) if o["code"]["coding"][-1]["code"] == "total"]
    assert [total["valueInteger"] for total in totals] == [result.score] * (result.score is not None)


def test_answers_are_what_the_person_read_and_chose_in_the_language_of_that_day(fetched, owner):
    result = take(owner, {"1": 2, "2": None}, language="ru")
    [response] = fetched(result, "kk")["QuestionnaireResponse"]
    with translation.override("ru"):
        first = questionnaire.of(result.version).items[0]
        assert response["item"][0]["text"] == first.text
        assert said(response["item"][0]["answer"][0]["valueCoding"], "ru") == first.label_of(2)
    assert "answer" not in response["item"][1]
    assert (response["language"], response["status"]) == ("ru", "completed")
    assert response["questionnaire"] == "urn:emocare:questionnaire:phq9|1"
    assert response["authored"] == "2026-11-19T01:30:00+05:00"


def test_a_score_leads_to_the_answers_and_says_its_band_in_the_language_of_the_page(fetched, owner):
    result = take(owner, {"1": 3, "2": 3, "3": 3}, language="ru")
    found = fetched(result, "kk")
    [response], [observation] = found["QuestionnaireResponse"], found["Observation"]
    assert (observation["valueInteger"], observation["status"]) == (9, "final")
    assert observation["derivedFrom"] == [{"reference": f"urn:uuid:{response['id']}"}]
    assert observation["category"][0]["coding"][0]["code"] == "survey"
    with translation.override("kk"):
        band = questionnaire.of(result.version).band_of("mild").label
    assert observation["interpretation"][0]["text"] == band
    assert observation["interpretation"][0]["coding"][0]["code"] == "mild"


@pytest.mark.parametrize(("key", "total", "first"), [("phq9", "44261-6", "44250-9"), ("gad7", "70274-6", "69725-0")])
def test_phq_9_and_gad_7_have_the_codes_of_loinc(fetched, owner, key, total, first):
    found = fetched(take(owner, {"1": 1}, key=key))
    [observation] = found["Observation"]
    assert observation["code"]["coding"][0] == {"system": fhir.LOINC, "code": total}
    assert observation["component"][0]["code"]["coding"][0] == {"system": fhir.LOINC, "code": first}
    answer = found["QuestionnaireResponse"][0]["item"][0]["answer"][0]["valueCoding"]
    assert (answer["system"], answer["code"], answer["display"]) == (fhir.LOINC, "LA6569-3", "Several days")


def test_an_answer_to_a_question_that_loinc_does_not_have_is_no_answer_of_loinc(fetched, owner):
    [response] = fetched(take(owner, {"difficulty": 0}))["QuestionnaireResponse"]
    answer = response["item"][-1]["answer"][0]["valueCoding"]
    assert (answer["system"], answer["code"]) == ("urn:emocare:instrument:phq9:answer", "0")


def test_a_test_without_codes_has_our_own_and_its_parts_belong_to_the_whole(fetched, owner, instruments):
    words = dict.fromkeys(("kk", "ru", "en"), "бір")
    scoring = {
        "method": "sum",
        "highest": 27,
        "parts": [
            {
                "code": "body",
                "name": words,
                "items": ["3", "4"],
                "bands": [{"code": "b", "low": 0, "high": 6, "label": words, "meaning": words, "next_step": words}],
            }
        ],
    }
    version = changed(instruments["phq9"], key="imported", scoring=scoring, codes={})
    found = fetched(take(owner, {"3": 2, "4": 1}, version=version))
    whole, part = found["Observation"]
    assert whole["code"]["coding"] == [{"system": "urn:emocare:instrument:imported:score", "code": "total"}]
    assert whole["hasMember"] == [{"reference": f"urn:uuid:{part['id']}"}]
    assert (part["valueInteger"], part["code"]["coding"][0]["code"]) == (3, "body")
    assert part["interpretation"][0]["text"] == "бір"
    answer = found["QuestionnaireResponse"][0]["item"][2]["answer"][0]["valueCoding"]
    assert (answer["system"], answer["code"]) == ("urn:emocare:instrument:imported:answer", "2")


def test_the_score_says_what_it_does_not_mean_and_how_far_its_text_can_be_relied_on(fetched, owner):
    result = take(owner)
    [observation] = fetched(result)["Observation"]
    with translation.override("en"):
        assert [note["text"] for note in observation["note"]][1:] == [questionnaire.of(result.version).said("limits")]
    assert observation["note"][0]["text"].startswith("Screening questionnaire. ")


def test_it_says_nothing_of_the_person_unless_they_wish_their_shown_name_in_it(fetched, owner):
    result = take(owner)
    [patient] = fetched(result)["Patient"]
    assert patient.keys() == {"resourceType", "id"}
    assert str(owner.public_id) not in str(patient)
    assert str(owner.journal_key) not in str(patient)
    [named] = fetched(result, more="?name=on")["Patient"]
    assert named == patient | {"name": [{"text": "Owner"}]}
    assert owner.email not in json.dumps(fetched(result, more="?name=on"))


def test_the_number_of_a_person_is_the_same_in_all_their_files_and_of_nobody_else(as_person, owner, other_user):
    numbers = []
    for person in (owner, other_user):
        one = resources(as_person(person).get(ONE.format("kk", take(person).public_id)))
        every = resources(as_person(person).get(ALL.format("ru")))
        assert one["Patient"] == every["Patient"]
        numbers.append(one["Patient"][0]["id"])
    assert len(set(numbers)) == 2


def test_the_same_results_make_the_same_file_byte_by_byte(as_person, owner):
    take(owner)
    first, second = (as_person(owner).get(ALL.format("kk")).content for _ in range(2))
    assert first == second


def test_all_results_are_in_one_file_oldest_first_but_those_whose_safety_step_waits(as_person, owner):
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False):
        old = take(owner)
    waiting = take(owner, {"9": 1}, passed=False)
    found = resources(as_person(owner).get(ALL.format("kk")))
    assert [r["id"] for r in found["QuestionnaireResponse"]] == [str(old.public_id)]
    go_on(result=waiting)
    found = resources(as_person(owner).get(ALL.format("kk")))
    assert [r["id"] for r in found["QuestionnaireResponse"]] == [str(old.public_id), str(waiting.public_id)]


def test_without_results_the_file_is_valid_and_holds_nobodys(as_person, owner, other_user):
    take(owner)
    assert resources(as_person(other_user).get(ALL.format("kk"))).keys() == {"Patient"}


def test_the_file_of_a_result_whose_safety_step_waits_leads_there(as_person, owner):
    waiting = take(owner, {"9": 1}, passed=False)
    answer = as_person(owner).get(ONE.format("kk", waiting.public_id))
    assert answer.status_code == 302
    assert answer.url == f"/kk/tests/result/{waiting.public_id}/safety/"


def test_somebody_elses_result_does_not_exist(as_person, owner, other_user, assigned_psychologist, admin):
    result = take(owner)
    for person in (other_user, assigned_psychologist, admin):
        assert as_person(person).get(ONE.format("kk", result.public_id)).status_code == 404


def test_hostile_words_of_a_test_stay_words(fetched, owner, instruments):
    words = dict.fromkeys(("kk", "ru", "en"), '"}]},{"resourceType":"Patient"}\n</script>')
    content = {"items": [{"id": "1", "text": words}], "short_name": words["kk"], "critical": [], "codes": {}}
    found = fetched(take(owner, version=changed(instruments["phq9"], **content)))
    assert found["QuestionnaireResponse"][0]["item"][0]["text"] == words["kk"]
    assert len(found["Patient"]) == 1


def test_the_file_is_kept_nowhere_and_its_name_tells_nothing(as_person, owner):
    for place in (ALL.format("kk"), ONE.format("kk", take(owner).public_id)):
        response = as_person(owner).get(place)
        assert response.headers["Content-Type"] == "application/fhir+json"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Disposition"] == 'attachment; filename="emocare-fhir.json"'


def test_a_large_file_asks_as_often_as_a_small_one(as_person, owner):
    first, client, counts = take(owner), as_person(owner), []
    for more in (0, 50):
        more_like(first, more)
        with CaptureQueriesContext(connection) as queries:
            found = client.get(ALL.format("kk"))
        counts.append(len(queries))
    assert len(resources(found)["Observation"]) == 51
    assert counts[0] == counts[1] <= 4
