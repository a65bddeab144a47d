"""The texts of PC-PTSD-5, the Washington Group's short set, ASQ, WHO-5, AUDIT-C and of Emocare's own self-checks."""

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pytest

from tests_app import library, scoring
from tests_app.choices import Kind
from tests_app.questionnaire import Questionnaire, read

PUBLISHED = ("pcptsd5", "wgss", "asq", "who5", "auditc")
OWN = ("carer-load", "exam-stress", "loneliness")
APART = {"who5": "LICENSE-who5.txt", "auditc": "LICENSE-auditc.txt"}  # may not be used commercially
LANGUAGES = ("kk", "ru", "en")

# Item, language, the sentence as its owner prints it.
OFFICIAL = {
    "who5": [  # WHO-UCN-MSD-MHE-2024.01; Russian: who-5_russian.pdf, with its missing full stop in the first statement
        ("1", "en", "I have felt cheerful and in good spirits"),
        ("2", "en", "I have felt calm and relaxed"),
        ("3", "en", "I have felt active and vigorous"),
        ("4", "en", "I woke up feeling fresh and rested"),
        ("5", "en", "My daily life has been filled with things that interest me"),
        ("1", "ru", "Я чувствую себя бодрой(-ым) и в хорошем настроении"),
        ("2", "ru", "Я чувствую себя спокойной(-ым) и раскованной(-ым)."),
        ("3", "ru", "Я чувствую себя активной(-ым) и энергичной(-ым)."),
        ("4", "ru", "Я просыпаюсь и чувствую себя свежей(-им) и отдохнувшей(-им)."),
        ("5", "ru", "Каждый день со мной происходят вещи, представляющие для меня интерес."),
    ],
    "auditc": [  # WHO/MSD/MSB/01.6a, questions 1 to 3; Russian: RUS-AUDIT
        ("1", "en", "How often do you have a drink containing alcohol?"),
        ("2", "en", "How many drinks containing alcohol do you have on a typical day when you are drinking?"),
        ("3", "en", "How often do you have six or more drinks on one occasion?"),
        ("1", "ru", "Как часто вы употребляете алкогольные напитки?"),
        (
            "2",
            "ru",
            "Сколько алкогольных напитков (стандартных порций) вы употребляете в типичный день, когда выпиваете?",
        ),
        (
            "3",
            "ru",
            "Как часто вы употребляете как минимум 1.5 л пива, или как минимум 180 мл крепкого алкоголя, "
            "или как минимум бутылку вина или шампанского (750 мл) в течение 24 часов?",
        ),
    ],
    "pcptsd5": [  # Prins et al. 2016, PMC5023594
        ("gate", "en", "Have you ever experienced this kind of event?"),
        (
            "1",
            "en",
            "Had nightmares about the event(s) or thought about the event(s) when you did not want to?",
        ),
        (
            "2",
            "en",
            "Tried hard not to think about the event(s) or went out of your way to avoid situations that reminded "
            "you of the event(s)?",
        ),
        ("3", "en", "Been constantly on guard, watchful, or easily startled?"),
        ("4", "en", "Felt numb or detached from people, activities, or your surroundings?"),
        (
            "5",
            "en",
            "Felt guilty or unable to stop blaming yourself or others for the event(s) or any problems the event(s) "
            "may have caused?",
        ),
    ],
    "wgss": [  # Washington Group on Disability Statistics, short set
        ("1", "en", "Do you have difficulty seeing, even if wearing glasses?"),
        ("2", "en", "Do you have difficulty hearing, even if using a hearing aid?"),
        ("3", "en", "Do you have difficulty walking or climbing steps?"),
        ("4", "en", "Do you have difficulty remembering or concentrating?"),
        ("5", "en", "Do you have difficulty with self-care such as washing all over or dressing?"),
        (
            "6",
            "en",
            "Using your usual (customary) language, do you have difficulty communicating, for example understanding "
            "or being understood?",
        ),
    ],
    "asq": [  # NIMH ASQ toolkit; Russian: order No 1351 of the Ministry of Health of Belarus, 11.11.2025
        ("1", "en", "In the past few weeks, have you wished you were dead?"),
        (
            "2",
            "en",
            "In the past few weeks, have you felt that you or your family would be better off if you were dead?",
        ),
        ("3", "en", "In the past week, have you been having thoughts about killing yourself?"),
        ("4", "en", "Have you ever tried to kill yourself?"),
        ("5", "en", "Are you having thoughts of killing yourself right now?"),
        ("1", "ru", "За последние несколько недель хотелось ли Вам умереть?"),
        (
            "2",
            "ru",
            "За последние несколько недель чувствовали ли Вы, что Вам или Вашей семье было бы лучше, "
            "если бы Вы умерли?",
        ),
        ("3", "ru", "За последнюю неделю были ли у Вас мысли о самоубийстве?"),
        ("4", "ru", "Вы когда-нибудь пытались убить себя?"),
        ("5", "ru", "Думаете ли Вы о том, чтобы убить себя прямо сейчас?"),
    ],
}

BORDERS = {
    "pcptsd5": [(0, 2), (3, 3), (4, 5)],
    "who5": [(0, 28), (29, 50), (51, 100)],
    "auditc": [(0, 2), (3, 3), (4, 7), (8, 12)],
    **{key: [(0, 13), (14, 22), (23, 36)] for key in OWN},
}


def _content(key: str) -> dict[str, Any]:
    return next(content for content in library.shipped() if content["key"] == key)


def _instrument(key: str) -> Questionnaire:
    return read(_content(key))


def _texts(value: Any) -> Iterator[Mapping[str, str]]:
    """Yield every text of a content: what is said in Kazakh, Russian and English."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        if value.keys() & {*LANGUAGES} and all(isinstance(words, str) for words in value.values()):
            yield value
        else:
            for one in value.values():
                yield from _texts(one)


def _answers(key: str, given: str) -> dict[str, int | None]:
    """Read "1 0 -" as the answers to the items in their order; "-" is a question passed over."""
    ids = [item.id for item in _instrument(key).items]
    return {name: None if value == "-" else int(value) for name, value in zip(ids, given.split(), strict=False)}


@pytest.mark.parametrize("key", [*PUBLISHED, *OWN])
def test_every_text_is_there_in_three_languages(key):
    texts = list(_texts(_content(key)))
    assert len(texts) > 10
    for text in texts:
        assert set(text) == {*LANGUAGES}
        assert all(words.strip() == words and words not in {"TEXT", "ТЕКСТ", "МӘТІН"} for words in text.values()), text
        assert text["kk"] != text["ru"] or text["kk"] == text["en"], text


@pytest.mark.parametrize(("key", "pinned"), OFFICIAL.items())
def test_published_sentences_are_word_for_word(key, pinned):
    instrument = _instrument(key)
    for item, language, sentence in pinned:
        assert instrument.by_id[item].words[language] == sentence


@pytest.mark.parametrize(
    ("key", "language", "labels"),
    [
        (
            "who5",
            "en",
            "At no time|Some of the time|Less than half of the time|More than half of the time|Most of the time"
            "|All of the time",
        ),
        (
            "who5",
            "ru",
            "Никогда|Некоторое время|Менее половины времени|Более половины времени|Большую часть времени|Все время",
        ),
        ("wgss", "en", "No, no difficulty|Yes, some difficulty|Yes, a lot of difficulty|Cannot do at all"),
        ("asq", "en", "No|Yes"),
        ("asq", "ru", "Нет|Да"),
        (
            "auditc",
            "en",
            "Never|Monthly or less|2 to 4 times a month|2 to 3 times a week|4 or more times a week",
        ),
        (
            "auditc",
            "ru",
            "Никогда|Раз в месяц или реже|2-4 раза в месяц|2-3 раза в неделю|4 раза в неделю и чаще",
        ),
    ],
)
def test_published_answers_are_word_for_word_from_the_lowest(key, language, labels):
    options = sorted(_instrument(key).items[0].options, key=lambda option: option.value)
    assert "|".join(option.words[language] for option in options) == labels


def test_the_published_openings_are_kept():
    who5, ptsd = _content("who5"), _content("pcptsd5")
    assert who5["instruction"]["en"].startswith("Please respond to each item by marking one box per row")
    assert who5["instruction"]["ru"].startswith("Обведите одну из цифр против каждого из пяти")
    assert ptsd["instruction"]["en"].startswith("Sometimes things happen to people that are unusually or especially")
    assert ptsd["stem"]["en"] == "In the past month have you:"


@pytest.mark.parametrize(("key", "borders"), BORDERS.items())
def test_bands_stand_where_they_were_published_and_leave_no_gap(key, borders):
    instrument = _instrument(key)
    assert [(band.low, band.high) for band in instrument.bands] == borders
    assert borders[0][0] == instrument.scoring.lowest
    assert borders[-1][1] == instrument.scoring.highest
    assert all(low == high + 1 for (_, high), (low, _) in pairwise(borders))


@pytest.mark.parametrize(
    ("key", "given", "score", "band"),
    [
        ("pcptsd5", "1 1 0 1 0 0", 2, "negative"),
        ("pcptsd5", "1 1 1 1 0 0", 3, "possible"),
        ("pcptsd5", "1 1 1 1 0 1", 4, "positive"),
        ("pcptsd5", "0", 0, "negative"),
        ("pcptsd5", "0 1 1 1 1 1", 0, "negative"),  # answered before the first was taken back
        ("pcptsd5", "1 1 1 - 1 1", None, ""),
        ("who5", "3 3 3 3 1", 52, "ok"),
        ("who5", "3 3 3 2 1", 48, "low"),
        ("who5", "2 2 1 1 1", 28, "very-low"),
        ("who5", "5 5 5 5 5", 100, "ok"),
        ("who5", "5 5 5 5 -", None, ""),
        ("auditc", "0", 0, "low"),
        ("auditc", "2 1 0", 3, "possible"),
        ("auditc", "2 1 1", 4, "positive"),
        ("auditc", "4 2 2", 8, "high"),
        ("auditc", "4 4 4", 12, "high"),
        ("auditc", "-", None, ""),
        # order of the answers: time, sleep, body, alone, anger, papers, alert, joy, help, go-on
        ("carer-load", "4 0 0 0 0 0 0 4 4 0", 0, "little"),
        ("carer-load", "3 1 2 2 1 2 2 3 2 0", 14, "some"),
        ("carer-load", "1 3 2 3 2 3 3 1 2 0", 24, "much"),
        ("carer-load", "0 4 4 4 4 4 4 0 0 0", 36, "much"),
        # memory, sleep, body, delay, others, compare, breaks, plan, someone
        ("exam-stress", "1 1 1 1 2 1 3 3 2", 11, "little"),
        ("exam-stress", "3 3 2 3 3 3 1 2 1", 25, "much"),
        # no-talk, glad, follow, way, news, burden, together, myself, evenings
        ("loneliness", "1 3 1 1 1 1 3 2 1", 10, "little"),
        ("loneliness", "2 2 2 2 2 2 2 2 2", 18, "some"),
        ("loneliness", "3 1 3 2 3 3 1 0 4", 28, "much"),
    ],
)
def test_worked_examples(key, given, score, band):
    outcome = scoring.outcome_of(_instrument(key), _answers(key, given))
    assert (outcome.score, outcome.band) == (score, band)


@pytest.mark.parametrize(("given", "left_out"), [("1 2 3 4 1 1", ()), ("1 1 - 1 1 1", ("3",))])
def test_the_short_set_has_no_score(given, left_out):
    outcome = scoring.outcome_of(_instrument("wgss"), _answers("wgss", given))
    assert (outcome.score, outcome.band, outcome.left_out) == (None, "", left_out)


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        ("0 0 0 0 0", []),
        ("- - - - -", []),
        ("1 0 0 0 0", ["high"]),
        ("0 1 1 1 0", ["high", "high", "high"]),
        ("0 0 1 0 1", ["high", "imminent"]),
    ],
)
def test_each_yes_of_the_safety_questions_counts(given, levels):
    outcome = scoring.outcome_of(_instrument("asq"), _answers("asq", given))
    assert [rule.level for rule in outcome.critical] == levels
    assert {rule.kind for rule in outcome.critical} <= {"suicide"}
    assert (outcome.score, outcome.band) == (None, "")


@pytest.mark.parametrize(
    ("answer", "levels"), [("0", []), ("-", []), ("1", ["watch"]), ("2", ["watch"]), ("3", ["high"])]
)
def test_a_carer_who_cannot_go_on_is_asked_about_it_whatever_the_score(answer, levels):
    outcome = scoring.outcome_of(_instrument("carer-load"), _answers("carer-load", "4 0 0 0 0 0 0 4 4 " + answer))
    assert [rule.level for rule in outcome.critical] == levels
    assert (outcome.score, outcome.band, outcome.left_out) == (0, "little", ())


@pytest.mark.parametrize("key", OWN)
def test_a_self_check_says_that_it_is_not_a_validated_scale(key):
    content = _content(key)
    assert content["kind"] == Kind.SELF_CHECK
    assert {content["text_status"][language]["status"] for language in LANGUAGES} == {"own"}
    assert "self-check by Emocare, not a validated scale" in content["limits"]["en"]
    assert "самопроверка Emocare, а не валидированная шкала" in content["limits"]["ru"]
    assert "валидацияланған) шкала емес" in content["limits"]["kk"]
    assert "no diagnosis" in content["limits"]["en"]


@pytest.mark.parametrize("key", OWN)
def test_a_self_check_bears_one_question_left_out_and_asks_both_ways(key):
    instrument = _instrument(key)
    assert 8 <= len(instrument.items) <= 10
    assert len(instrument.scoring.reverse) >= 2
    assert instrument.scoring.reverse < set(instrument.scoring.items)
    for value, band in ((1, "little"), (2, "some"), (3, "much")):  # as heavy as that in everything, one passed over
        answers = {name: 4 - value if name in instrument.scoring.reverse else value for name in instrument.by_id}
        first = instrument.scoring.items[0]
        outcome = scoring.outcome_of(instrument, {**answers, first: None})
        assert (outcome.score, outcome.band, outcome.left_out) == (9 * value, band, (first,))


@pytest.mark.parametrize("key", [*PUBLISHED, *OWN])
def test_no_word_that_hurts(key):
    words = " ".join(text[language] for text in _texts(_content(key)) for language in LANGUAGES).lower()
    forbidden = (
        "мүгедек",
        "кемтар",
        "инвалид",
        "committed suicide",
        "commit suicide",
        "покончи",
        "disorder",
        "больной",
    )
    said = words.replace("alcohol use disorders identification test", "")
    assert not [word for word in forbidden if word in said]
    assert "(а)" not in words, "sentences of ours are the same for a man and for a woman"


def test_the_short_set_does_not_name_what_it_does_not_ask():
    words = " ".join(text[language] for text in _texts(_content("wgss")) for language in LANGUAGES).lower()
    assert "disab" not in words
    assert "шектеу" not in words.replace("шектемейді", "")


def test_nobody_is_asked_for_a_method():
    for text in (item["text"] for item in _content("asq")["items"]):
        assert "(" not in "".join(text.values())
        assert not {"how", "when", "каким", "когда", "қалай", "қашан"} & set(" ".join(text.values()).lower().split())
    assert "left out" in _content("asq")["text_status"]["en"]["note"]


def test_what_may_not_be_used_commercially_lies_apart_with_its_licence():
    folder = library.FOLDER / "noncommercial"
    there = {path: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    assert {content["key"]: content["licence"]["file"] for content in there.values()} == APART
    for content in library.shipped():
        assert content["licence"]["commercial"] is (content["key"] not in APART)
    for name in APART.values():
        assert "commercial operator removes" in " ".join((folder / name).read_text(encoding="utf-8").split())


def test_the_translation_of_who5_carries_the_words_that_who_asks_for():
    words = "This translation was not created by the World Health Organization (WHO). WHO is not responsible"
    assert words in _content("who5")["text_status"]["kk"]["note"]
    licence = (library.FOLDER / "noncommercial" / APART["who5"]).read_text(encoding="utf-8")
    assert words in " ".join(licence.split())
    assert "CC BY-NC-SA 3.0 IGO" in licence


@pytest.mark.parametrize("key", [*BORDERS])
def test_the_heaviest_band_offers_a_person_first_and_the_lightest_does_not(key):
    instrument = _instrument(key)
    lightest, heaviest = instrument.bands[0], instrument.bands[-1]
    if instrument.scoring.higher_is == "better":
        lightest, heaviest = heaviest, lightest
    assert heaviest.seek_help
    assert not lightest.seek_help
    assert "психолог" in heaviest.next_words["ru"]
    assert "psychologist" in heaviest.next_words["en"]
    assert "психолог" in heaviest.next_words["kk"]
