"""The questionnaires on low mood and worry say what their owners wrote, and the same everywhere.

The tables are pinned here on purpose: the official sentences may change only together with their source.
"""

from typing import Any

import pytest

from tests_app.library import shipped
from tests_app.questionnaire import Band, read

# English: owners' text (phqscreeners.com), as in CamCOPS 2.4.24 (extra_strings/phq9.xml, gad7.xml) and the US Core and
# HL7 SDC examples. Russian: "Russian for Russia" of phqscreeners.com, confirmed by independent public copies.
# docs/translations-of-tests.md tells more.
PHQ = {
    "1": ("Little interest or pleasure in doing things", "Вам не хотелось ничего делать"),
    "2": (
        "Feeling down, depressed, or hopeless",
        "У Вас было плохое настроение, Вы были подавлены или испытывали чувство безысходности",
    ),
    "3": (
        "Trouble falling or staying asleep, or sleeping too much",
        "Вам было трудно заснуть, у Вас был прерывистый сон, или Вы слишком много спали",
    ),
    "4": ("Feeling tired or having little energy", "Вы были утомлены, или у Вас было мало сил"),
    "5": ("Poor appetite or overeating", "У Вас был плохой аппетит, или Вы переедали"),
    "6": (
        "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
        "Вы плохо о себе думали: считали себя неудачником (неудачницей), или были в себе разочарованы, "
        "или считали, что подвели свою семью",
    ),
    "7": (
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        "Вам было трудно сосредоточиться (например, на чтении газеты или на просмотре телепередач)",
    ),
    "8": (
        "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or "
        "restless that you have been moving around a lot more than usual",
        "Вы двигались или говорили настолько медленно, что окружающие это замечали? Или, наоборот, Вы были настолько "
        "суетливы или взбудоражены, что двигались гораздо больше обычного",
    ),
    "9": (
        "Thoughts that you would be better off dead or of hurting yourself in some way",
        "Вас посещали мысли о том, что Вам лучше было бы умереть, или о том, чтобы причинить себе какой-нибудь вред",
    ),
}
GAD = {
    "1": ("Feeling nervous, anxious or on edge", "Вы нервничали, тревожились или испытывали сильный стресс"),
    "2": (
        "Not being able to stop or control worrying",
        "Вы были неспособны успокоиться или контролировать свое волнение",
    ),
    "3": ("Worrying too much about different things", "Вы слишком сильно волновались по различным поводам"),
    "4": ("Trouble relaxing", "Вам было трудно расслабиться"),
    "5": (
        "Being so restless that it is hard to sit still",
        "Вы были настолько суетливы, что Вам было тяжело усидеть на месте",
    ),
    "6": ("Becoming easily annoyed or irritable", "Вы легко злились или раздражались"),
    "7": (
        "Feeling afraid as if something awful might happen",
        "Вы испытывали страх, словно должно произойти нечто ужасное",
    ),
}
OPTIONS = {
    0: ("Not at all", "Ни разу"),
    1: ("Several days", "Несколько дней"),
    2: ("More than half the days", "Более недели"),
    3: ("Nearly every day", "Почти каждый день"),
}
DIFFICULTY = (
    "If you checked off any problems, how difficult have these problems made it for you to do your work, take care of "
    "things at home, or get along with other people?",
    "Если Вы положительно ответили на какие-нибудь пункты, то оцените, насколько трудно Вам было работать, заниматься "
    "домашними делами или общаться с людьми из-за этих проблем?",
)
DIFFICULTY_OPTIONS = {
    0: ("Not difficult at all", "Совсем не трудно"),
    1: ("Somewhat difficult", "Немного трудно"),
    2: ("Very difficult", "Очень трудно"),
    3: ("Extremely difficult", "Чрезвычайно трудно"),
}
ASKED = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
PHQ_ASKED = (ASKED, "Как часто за последние 2 недели Вас беспокоили следующие проблемы?")
GAD_ASKED = (ASKED, "Как часто Вас за последние 14 дней беспокоили следующие проблемы?")

Place = tuple[str, str]  # the questionnaire that an item comes from, and its number there
ITEMS: dict[str, list[Place]] = {
    "phq9": [("phq", str(n)) for n in range(1, 10)],
    "phq8": [("phq", str(n)) for n in range(1, 9)],
    "phq2": [("phq", "1"), ("phq", "2")],
    "phq4": [("gad", "1"), ("gad", "2"), ("phq", "1"), ("phq", "2")],
    "gad7": [("gad", str(n)) for n in range(1, 8)],
    "gad2": [("gad", "1"), ("gad", "2")],
}
INSTRUCTIONS = {key: GAD_ASKED if key.startswith("gad") else PHQ_ASKED for key in ITEMS}
CUT_OFFS = {"phq9": 10, "phq8": 10, "phq2": 3, "phq4": 6, "gad7": 10, "gad2": 3}
CONTENTS = {content["key"]: content for content in shipped() if content["key"] in ITEMS}
every_one = pytest.mark.parametrize("key", sorted(ITEMS))


def english_and_russian(words: dict[str, str]) -> tuple[str, str]:
    return words["en"], words["ru"]


def labels(options: list[dict[str, Any]]) -> dict[int, tuple[str, str]]:
    return {option["value"]: english_and_russian(option["label"]) for option in options}


@every_one
def test_the_questions_are_the_official_sentences(key: str):
    pinned = {"phq": PHQ, "gad": GAD}
    scored = [item for item in CONTENTS[key]["items"] if item.get("scored", True)]
    assert [english_and_russian(item["text"]) for item in scored] == [pinned[form][n] for form, n in ITEMS[key]]


@every_one
def test_the_answers_and_the_instruction_are_the_official_words(key: str):
    assert labels(CONTENTS[key]["options"]) == OPTIONS
    assert english_and_russian(CONTENTS[key]["instruction"]) == INSTRUCTIONS[key]


def test_the_question_on_everyday_life_is_official_and_counts_for_nothing():
    last = CONTENTS["phq9"]["items"][-1]
    assert (last["id"], last["scored"], english_and_russian(last["text"])) == ("difficulty", False, DIFFICULTY)
    assert labels(last["options"]) == DIFFICULTY_OPTIONS


def test_the_same_question_has_the_same_words_in_every_questionnaire():
    heard: dict[Place, set[str]] = {}
    for key, places in ITEMS.items():
        for place, item in zip(places, CONTENTS[key]["items"], strict=False):
            heard.setdefault(place, set()).add(item["text"]["kk"])
    assert [place for place, sentences in heard.items() if len(sentences) > 1] == []


def test_the_answers_are_the_same_in_every_questionnaire():
    assert len({str(content["options"]) for content in CONTENTS.values()}) == 1
    assert len({content["instruction"]["kk"] for content in CONTENTS.values()}) == 1


def test_the_two_parts_of_the_phq_4_count_as_raised_from_3():
    worry, mood = read(CONTENTS["phq4"]).scoring.parts
    assert (worry.code, worry.items, mood.code, mood.items) == ("anxiety", ("1", "2"), "depression", ("3", "4"))
    assert [(band.low, band.high, band.offer) for band in worry.bands] == [(0, 2, ""), (3, 6, "gad7")]
    assert [(band.low, band.high, band.offer) for band in mood.bands] == [(0, 2, ""), (3, 6, "phq9")]


@every_one
def test_a_person_to_talk_to_comes_first_from_the_published_cut_off_on(key: str):
    assert all(band.seek_help == (band.low >= CUT_OFFS[key]) for band in read(CONTENTS[key]).bands)


@every_one
def test_whoever_is_shown_many_signs_reads_first_of_urgent_help(key: str):
    def first(band: Band, language: str) -> str:
        return band.next_words[language].split(".")[0]

    bands = [band for band in read(CONTENTS[key]).bands if band.seek_help]
    assert all("Urgent help" in first(band, "en") for band in bands)
    assert all("Срочная помощь" in first(band, "ru") and "Шұғыл көмек" in first(band, "kk") for band in bands)


def test_short_tests_offer_the_longer_one():
    offered = {key: [band.offer for band in read(CONTENTS[key]).bands] for key in ("phq2", "gad2", "phq9", "gad7")}
    assert offered == {"phq2": ["", "phq9"], "gad2": ["", "gad7"], "phq9": [""] * 5, "gad7": [""] * 4}


def test_the_ninth_question_is_critical_from_several_days_on_and_nothing_else_is():
    assert {key: content["critical"] for key, content in CONTENTS.items() if content["critical"]} == {
        "phq9": [{"item": "9", "values": [1, 2, 3], "level": "high", "kind": "suicide"}]
    }


def test_only_published_changes_are_given():
    changes = {key: read(content).scoring.change for key, content in CONTENTS.items()}
    assert {key: change.points for key, change in changes.items() if change} == {"phq9": 5, "gad7": 4}
    assert "Med Care 2004;42:1194-1201" in changes["phq9"].citation
    assert "J Affect Disord 2020;265:395-401" in changes["gad7"].citation


def test_every_language_says_where_its_text_comes_from():
    status = {key: {code: how["status"] for code, how in c["text_status"].items()} for key, c in CONTENTS.items()}
    assert {how["kk"] for how in status.values()} == {"working"}
    assert {how["en"] for how in status.values()} == {"official"}
    assert {key for key, how in status.items() if how["ru"] != "official"} == {"phq4"}
    assert all(how["note"] for c in CONTENTS.values() for how in c["text_status"].values())


def test_the_owners_are_named_everywhere():
    assert all("Kroenke" in content["licence"]["attribution"] for content in CONTENTS.values())


# HL7 Personal Health Records IG (Questionnaire-ScoredAssessment-PHQ9, -GAD7), US Core IG (phq-9-example)
def test_the_codes_are_those_of_loinc():
    phq9, gad7 = (CONTENTS[key]["codes"]["loinc"] for key in ("phq9", "gad7"))
    assert (phq9["panel"], phq9["total"], gad7["panel"], gad7["total"]) == ("44249-1", "44261-6", "69737-5", "70274-6")
    assert " ".join(phq9["items"].values()) == (
        "44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8"
    )
    assert " ".join(gad7["items"].values()) == "69725-0 68509-9 69733-4 69734-2 69735-9 69689-8 69736-7"
    assert phq9["answers"] == {"0": "LA6568-5", "1": "LA6569-3", "2": "LA6570-1", "3": "LA6571-9"}


def test_the_same_question_has_the_same_code_in_every_questionnaire():
    coded = [key for key in ITEMS if "codes" in CONTENTS[key]]
    codes: dict[Place, set[str]] = {}
    for key in coded:
        for place, code in zip(ITEMS[key], CONTENTS[key]["codes"]["loinc"]["items"].values(), strict=True):
            codes.setdefault(place, set()).add(code)
    assert [place for place, known in codes.items() if len(known) > 1] == []
