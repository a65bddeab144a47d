"""The texts of PC-PTSD-5, the Washington Group's short set, ASQ, WHO-5, AUDIT-C and of Emocare's own self-checks."""

import json
from typing import Any

import pytest

from tests.support.instruments import texts_of
from tests_app import library
from tests_app.choices import Kind
from tests_app.questionnaire import Questionnaire, read

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


def _content(key: str) -> dict[str, Any]:
    return next(content for content in library.shipped() if content["key"] == key)


def _instrument(key: str) -> Questionnaire:
    return read(_content(key))


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
def test_a_self_check_is_short_and_asks_both_ways(key):
    instrument = _instrument(key)
    assert 8 <= len(instrument.items) <= 10
    assert len(instrument.scoring.reverse) >= 2
    assert instrument.scoring.reverse < set(instrument.scoring.items)


def test_the_short_set_does_not_name_what_it_does_not_ask():
    words = " ".join(text[language] for text in texts_of(_content("wgss")) for language in LANGUAGES).lower()
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


@pytest.mark.parametrize("key", ["pcptsd5", "who5", "auditc", *OWN])
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
