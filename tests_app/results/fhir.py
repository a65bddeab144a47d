"""Results as FHIR R4 resources, for hospitals: docs/fhir.md says what is in them and how they are coded.

A file is a Bundle with a Patient of whom it says nothing but a number, and for each result the answers as a
QuestionnaireResponse, in the language in which the person was asked, and its scores as Observations.
"""

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from accounts.models import User
from tests_app import access
from tests_app.choices import Kind
from tests_app.models import Result
from tests_app.questionnaire import Band, Questionnaire, band_in, of
from tests_app.results import wording

MEDIA_TYPE = "application/fhir+json"
LOINC = "http://loinc.org"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
SURVEY = {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}
AT_ONCE = 500  # results
Resource = dict[str, Any]


def export(owner: User, *, named: bool = False) -> bytes:
    """Return all of the person's results as one file, oldest first; with the name they show only as they wish."""
    return _file(owner, access.results_for_files(owner).iterator(chunk_size=AT_ONCE), named)


def of_result(result: Result, *, named: bool = False) -> bytes:
    """Return one result as a file."""
    return _file(result.owner, [result], named)


def _file(owner: User, results: Iterable[Result], named: bool) -> bytes:
    patient = _patient(owner, named)
    entries = [_entry(patient), *(_entry(one) for result in results for one in _resources(result, patient))]
    return ('{"resourceType":"Bundle","type":"collection","entry":[\n' + ",\n".join(entries) + "\n]}\n").encode()


def _entry(resource: Resource) -> str:
    entry = {"fullUrl": _place(resource), "resource": resource}
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def _place(resource: Resource) -> str:
    return f"urn:uuid:{resource['id']}"


def _to(resource: Resource) -> dict[str, str]:
    return {"reference": _place(resource)}


def _patient(owner: User, named: bool) -> Resource:
    """Say nothing of a person but a number that is the same in all their files and leads nowhere else."""
    digest = salted_hmac("tests_app.fhir", str(owner.public_id), algorithm="sha256").digest()
    patient: Resource = {"resourceType": "Patient", "id": str(uuid.UUID(bytes=digest[:16], version=5))}
    if named and owner.shown_name:
        patient["name"] = [{"text": owner.shown_name}]
    return patient


def _resources(result: Result, patient: Resource) -> Iterator[Resource]:
    questionnaire = of(result.version)
    with translation.override(result.language):
        response = _response(questionnaire, result, patient)
    yield response
    if result.score is None and not result.parts:
        return
    parts = [
        _score(questionnaire, result, patient, response, part=code)
        for code, figure in result.parts.items()
        if figure.get("score") is not None and questionnaire.part(code)
    ]
    if result.score is not None:
        whole = _score(questionnaire, result, patient, response)
        if parts:
            whole["hasMember"] = [_to(part) for part in parts]
        yield whole
    yield from parts


def _moment(result: Result) -> str:
    return timezone.localtime(result.finished_at).isoformat(timespec="seconds")


# Answers


def _loinc(questionnaire: Questionnaire) -> dict[str, Any]:
    return questionnaire.content.get("codes", {}).get("loinc", {})


def _option(questionnaire: Questionnaire, given: wording.Given) -> Resource:
    """Return an answer as a code: LOINC's where it has one, with LOINC's words and ours; else the option's number.

    LOINC's answers are those of the questions that it has: the same number may mean something else after another one.
    """
    loinc = _loinc(questionnaire)
    known = loinc.get("answers", {}).get(str(given.value)) if given.item.id in loinc.get("items", {}) else None
    if not known:
        system = f"urn:emocare:instrument:{questionnaire.key}:answer"
        return {"system": system, "code": str(given.value), "display": given.answer}
    with translation.override("en"):
        coding: Resource = {"system": LOINC, "code": known, "display": given.answer}
    if given.answer != coding["display"]:
        said = [{"url": "lang", "valueCode": get_language()}, {"url": "content", "valueString": given.answer}]
        coding["_display"] = {"extension": [{"url": TRANSLATION, "extension": said}]}
    return coding


def _response(questionnaire: Questionnaire, result: Result, patient: Resource) -> Resource:
    items = []
    for given in wording.given(questionnaire, access.answers_in(result)):
        item: Resource = {"linkId": given.item.id, "text": given.item.text}
        if given.value is not None:
            item["answer"] = [{"valueCoding": _option(questionnaire, given)}]
        items.append(item)
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(result.public_id),
        "language": get_language(),
        "questionnaire": f"urn:emocare:questionnaire:{questionnaire.key}|{questionnaire.number}",
        "status": "completed",
        "subject": _to(patient),
        "authored": _moment(result),
        "source": _to(patient),
        "item": items,
    }


# Scores


def _score(
    questionnaire: Questionnaire, result: Result, patient: Resource, response: Resource, part: str = ""
) -> Resource:
    figure = result.parts[part] if part else {"score": result.score, "band": result.band}
    bands = questionnaire.part(part).bands if part else questionnaire.bands
    band = band_in(bands, figure["band"])
    observation: Resource = {
        "resourceType": "Observation",
        "id": str(uuid.uuid5(result.public_id, f"score:{part}")),
        "language": get_language(),
        "status": "final",
        "category": [{"coding": [SURVEY]}],
        "code": _code(questionnaire, part),
        "subject": _to(patient),
        "effectiveDateTime": _moment(result),
        "performer": [_to(patient)],
        "valueInteger": figure["score"],
    }
    if band:
        observation["interpretation"] = [_interpretation(questionnaire, band, part)]
    if not part:
        observation["note"] = [{"text": text} for text in _notes(questionnaire, result)]
        if components := _components(questionnaire, result):
            observation["component"] = components
    return observation | {"derivedFrom": [_to(response)]}


def _code(questionnaire: Questionnaire, part: str) -> Resource:
    own = {"system": f"urn:emocare:instrument:{questionnaire.key}:score", "code": part or "total"}
    total = None if part else _loinc(questionnaire).get("total")
    name = f"{questionnaire.short_name}: {questionnaire.part(part).name}" if part else questionnaire.short_name
    return {"coding": [*([{"system": LOINC, "code": total}] if total else []), own], "text": name}


def _interpretation(questionnaire: Questionnaire, band: Band, part: str) -> Resource:
    system = ":".join(["urn:emocare:instrument", questionnaire.key, "band", *([part] if part else [])])
    return {"coding": [{"system": system, "code": band.code, "display": band.label}], "text": band.label}


def _notes(questionnaire: Questionnaire, result: Result) -> list[str]:
    """Say what it is, how far the text that the person read can be relied on, and what the score does not mean."""
    with translation.override(result.language):
        status = questionnaire.text_status
    return [f"{Kind(questionnaire.kind).label}. {status.label}.", *filter(None, [questionnaire.said("limits")])]


def _components(questionnaire: Questionnaire, result: Result) -> list[Resource]:
    """Return the answers by LOINC's codes of the questions, where it has them."""
    codes = _loinc(questionnaire).get("items", {})
    return [
        {
            "code": {"coding": [{"system": LOINC, "code": codes[one.item.id]}], "text": one.item.text},
            "valueCodeableConcept": {"coding": [_option(questionnaire, one)], "text": one.answer},
        }
        for one in wording.given(questionnaire, access.answers_in(result))
        if one.value is not None and one.item.id in codes
    ]
