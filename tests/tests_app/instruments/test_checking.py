"""What is no instrument is refused, in words and with the place; the shipped ones and the schema are right."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from jsonschema import Draft202012Validator

from emocare.urls import urlpatterns
from tests.support.written import band, content, item, options, scored, words
from tests_app import library
from tests_app.checking import check, read
from tests_app.checking.form import SCHEMA

FOLDER = Path(library.__file__).parent / "instruments"
FILES = sorted(path for path in FOLDER.rglob("*.json") if path != SCHEMA)
KEYS = [read(path.read_bytes())["key"] for path in FILES]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def found(changed: Any, *known: str) -> list[str]:
    return [str(problem) for problem in check(changed, known)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_is_right(path):
    assert found(read(path.read_bytes()), *KEYS) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_licence_that_forbids_use_for_money_lies_beside_its_file(path):
    licence = read(path.read_bytes())["licence"]
    assert licence["commercial"] or (path.parent / Path(licence["file"]).name).is_file()


def test_the_schema_is_one_and_knows_every_word_of_the_test_addresses():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    addresses = {
        str(p.pattern) for include in urlpatterns for p in _below(include) if str(p.pattern).startswith("tests/")
    }
    first = {address.split("/")[1] for address in addresses} - {"", "schema.json", "<slug:key>"}
    assert first <= set(schema["properties"]["key"]["not"]["enum"])


def _below(pattern: Any) -> list[Any]:
    inner = getattr(pattern, "url_patterns", None)
    return [pattern] if inner is None else [p for one in inner for p in _below(one)]


def test_the_schema_is_public_and_may_be_kept(client):
    answer = client.get("/tests/schema.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/schema+json")
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    assert answer.json()["$id"] == "/tests/schema.json"
    assert client.get("/tests/schema.json", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_a_right_content_has_no_problems():
    assert found(content()) == []


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in content().items() if key != name}


def item_with(**more: Any) -> dict[str, Any]:
    return content(items=[item("a"), item("b"), item("c", **more)])


def sum_with(**more: Any) -> dict[str, Any]:
    return content(scoring={"method": "sum", "lowest": 0, "highest": 9, **more})


def critical(**more: Any) -> dict[str, Any]:
    return content(critical=[{"item": "a", "values": [1], "level": "high", "kind": "suicide", **more}])


def said(text: str, **more: str) -> dict[str, Any]:
    return content(name=words("Calm") | {"ru": text} | more)


NONCOMMERCIAL = {"name": "CC BY-NC", "summary": "x", "attribution": "x", "commercial": False}
PART = {"code": "p", "name": words("Part"), "items": ["a", "b"], "bands": [band("all", 0, 6)]}
WRONG: dict[str, tuple[Any, list[str]]] = {
    # The form
    "a list": ([], ["Here belongs an object: names with values."]),
    "no key": (without("key"), ["key: This is missing."]),
    "a strange name": (content(script="x"), ["script: This does not belong here."]),
    "another format": (
        content(schema="emocare-instrument/2"),
        ["schema: Only this is known here: emocare-instrument/1."],
    ),
    "a key that is an address": (content(key="history"), ["key: This word is taken by an address of Emocare."]),
    "a key in capitals": (
        content(key="Calm!"),
        ["key: “Calm!” is not written as it should be: docs/instruments.md says how."],
    ),
    "a key with a line end": (content(key="calm\n"), ["key: The character U+000A belongs to no text."]),
    "a key that is a number": (content(key=7), ["key: Here belongs a text."]),
    "no Kazakh": (content(name={"ru": "x", "en": "x"}), ["name › kk: This is missing."]),
    "an empty text": (said(" "), ["name › ru: The text is empty."]),
    "a long name": (said("x" * 101), ["name › ru: At most 100 characters."]),
    "true for a number": (content(minutes=True), ["minutes: Here belongs a whole number."]),
    "a number with a point": (content(minutes=2.0), ["minutes: Here belongs a whole number."]),
    "an age of nobody": (content(minimum_age=140), ["minimum_age: The number has to be from 6 to 99."]),
    "again every minute": (content(retest_days=0), ["retest_days: The number has to be from 1 to 365."]),
    "no questions": (content(items=[]), ["items: At least 1 belongs here."]),
    "too many questions": (content(items=[item(f"q{n}") for n in range(61)]), ["items: At most 60 belong here."]),
    "thirteen options": (content(options=options(*range(13))), ["options: At most 12 belong here."]),
    "a value below nothing": (
        item_with(options=options(-1, 2)),
        ["items › 3 › options › 1 › value: The number has to be from 0 to 100."],
    ),
    "a kind of its own": (
        content(kind="quiz"),
        ["kind: Only this is known here: screening, self-check, profile, safety."],
    ),
    "no bands": (content(bands=[]), ["bands: At least 1 belongs here."]),
    "a profile with bands": (content(scoring={"method": "profile"}), ["bands: At most 0 belong here."]),
    "a profile with a range": (
        content(scoring={"method": "profile", "highest": 9}, bands=[]),
        ["scoring › highest: This does not belong here."],
    ),
    "a closed licence without its file": (content(licence=NONCOMMERCIAL), ["licence › file: This is missing."]),
    "a licence file from elsewhere": (
        content(licence=NONCOMMERCIAL | {"file": "../../etc/passwd"}),
        ["licence › file: “../../etc/passwd” is not written as it should be: docs/instruments.md says how."],
    ),
    "a status of one language": (
        content(text_status={"en": {"status": "own"}}),
        ["text_status › kk: This is missing.", "text_status › ru: This is missing."],
    ),
    "the same value twice": (
        critical(values=[1, 1]),
        ["critical › 1 › values: Something stands here twice."],
    ),
    # Characters
    "a script": (
        said("<script>alert(1)</script>"),
        ["name › ru: The sign < is not used in texts: they hold no markup."],
    ),
    "an address that runs": (
        said("JavaScript:alert(1)"),
        ["name › ru: Addresses that a browser would run are not allowed."],
    ),
    "a turned text": (said("abc\u202edef"), ["name › ru: The character U+202E belongs to no text."]),
    "an isolated text": (said("abc\u2066def"), ["name › ru: The character U+2066 belongs to no text."]),
    "an unseen character": (said("a\u200bb"), ["name › ru: The character U+200B belongs to no text."]),
    "the end of a string": (said("a\0b"), ["name › ru: The character U+0000 belongs to no text."]),
    "half of a pair": (said("a\ud800"), ["name › ru: The character U+D800 belongs to no text."]),
    "a name that runs": (content(**{"<b>": 1}), ["A name holds characters that belong to no name."]),
    # What is spoken of
    "a question twice": (content(items=[item("a"), item("b"), item("a")]), ["items: “a” stands twice."]),
    "a value twice in a question": (
        item_with(options=options(1, 1)),
        ["items › 3 › options: “1” stands twice."],
    ),
    "a value twice for all": (content(options=options(0, 0, 3)), ["options: “0” stands twice."]),
    "a question without options": (
        without("options"),
        [f"items › {n}: The question has no options, and there are none for all questions." for n in (1, 2, 3)],
    ),
    "a band twice": (
        content(bands=[band("low", 0, 4), band("low", 5, 9)]),
        ["bands: “low” stands twice."],
    ),
    "a turned question of nobody": (sum_with(reverse=["z"]), ["scoring › reverse: There is no scored question “z”."]),
    "a weight of nobody": (sum_with(weights={"z": 2}), ["scoring › weights: There is no scored question “z”."]),
    "a part of nobody": (
        sum_with(parts=[PART | {"items": ["a", "z"]}]),
        ["scoring › parts › 1 › items: There is no scored question “z”."],
    ),
    "a critical question of nobody": (critical(item="z"), ["critical › 1 › item: There is no question “z”."]),
    "a critical value of nobody": (
        critical(values=[7]),
        ["critical › 1 › values: 7 is no option of question “a”."],
    ),
    "a condition in a circle": (
        content(
            items=[
                item("a", ask_if={"item": "b", "values": [1]}),
                item("b", ask_if={"item": "a", "values": [1]}),
                item("c"),
            ]
        ),
        ["items › 1 › ask_if: It depends on “b”, which is no earlier question."],
    ),
    "a condition on itself": (
        item_with(ask_if={"item": "c", "values": [1]}),
        ["items › 3 › ask_if: It depends on “c”, which is no earlier question."],
    ),
    "a condition that never holds": (
        item_with(ask_if={"item": "a", "values": [9]}),
        ["items › 3 › ask_if › values: 9 is no option of question “a”."],
    ),
    "an offer of nobody": (
        content(bands=[band("low", 0, 4), band("high", 5, 9, offer="phq9")]),
        ["bands › 2 › offer: There is no other instrument “phq9”."],
    ),
    "an offer of itself": (
        content(bands=[band("low", 0, 4), band("high", 5, 9, offer="calm")]),
        ["bands › 2 › offer: There is no other instrument “calm”."],
    ),
    "a code of nobody": (
        content(codes={"loinc": {"panel": "44249-1", "items": {"z": "1-1"}, "answers": {"9": "LA1-1"}}}),
        [
            "codes › loinc › items: There is no question “z”.",
            "codes › loinc › answers: No question has the option 9.",
        ],
    ),
    # Scores
    "nothing is scored": (
        content(items=[item("a", scored=False)]),
        ["items: No question is scored."],
    ),
    "a wrong lowest": (sum_with(lowest=1), ["scoring › lowest: The answers give 0 here."]),
    "a wrong highest": (sum_with(highest=10), ["scoring › highest: The answers give 9 here."]),
    "a factor that was forgotten": (
        content(scoring={"method": "sum", "lowest": 0, "highest": 9, "multiply": 4}),
        ["scoring › highest: The answers give 36 here.", "bands: The last band should end at 36."],
    ),
    "a gap": (
        content(bands=[band("low", 0, 3), band("high", 5, 9)]),
        ["bands › 2 › low: The band should begin at 4."],
    ),
    "an overlap": (
        content(bands=[band("low", 0, 5), band("high", 5, 9)]),
        ["bands › 2 › low: The band should begin at 6."],
    ),
    "bands that begin late": (
        content(bands=[band("low", 1, 4), band("high", 5, 9)]),
        ["bands › 1 › low: The band should begin at 0."],
    ),
    "bands that end early": (
        content(bands=[band("low", 0, 4), band("high", 5, 8)]),
        ["bands: The last band should end at 9."],
    ),
    "a band backwards": (
        content(bands=[band("low", 0, 9), band("high", 10, 4)]),
        ["bands › 2 › high: The band ends before it begins.", "bands: The last band should end at 9."],
    ),
    "a band of nobody": (
        content(options=options(0, 3), bands=[band("low", 0, 3), band("middle", 4, 5), band("high", 6, 9)]),
        ["bands › 2: No answers lead to this band."],
    ),
    "a part without all its scores": (
        sum_with(parts=[PART | {"bands": [band("all", 0, 5)]}]),
        ["scoring › parts › 1 › bands: The last band should end at 6."],
    ),
    "a part twice": (sum_with(parts=[PART, PART]), ["scoring › parts: “p” stands twice."]),
    "more than half left out": (
        sum_with(most_missing=2),
        ["scoring › most_missing: More than half of the questions, or of those of a part, cannot be filled."],
    ),
    "a mean of unlike questions": (
        content(items=[item("a"), item("b"), item("c", options=options(0, 1))], **scored(0, 7, most_missing=1)),
        [
            "scoring › most_missing: "
            "Questions are filled with the mean only where all have the same points and all are asked."
        ],
    ),
    "a change beyond the scale": (
        sum_with(change={"points": 10, "citation": "x"}),
        ["scoring › change › points: Two results cannot differ by that much."],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_with_its_place(case):
    changed, problems = WRONG[case]
    assert found(changed) == problems


def test_all_that_is_wrong_is_said_at_once_but_not_without_end():
    assert len(found(content(minutes=0, minimum_age=0, retest_days=0))) == 3
    many = found({str(number): number for number in range(1000)})
    assert len(many) == 51
    assert many[-1] == "There is more that is wrong; mend this first."


def test_an_offer_of_a_test_that_is_there_is_right():
    offering = content(bands=[band("low", 0, 4), band("high", 5, 9, offer="phq9")])
    assert found(offering, "phq9") == []
