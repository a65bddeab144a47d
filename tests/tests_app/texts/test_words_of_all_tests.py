"""What every shipped test says: whole in three languages, each in its own, polite, and in no word that hurts."""

import re

import pytest

from tests.support.instruments import texts_of
from tests_app.library import shipped

CONTENTS = {content["key"]: content for content in shipped()}
HURTING = (  # a disability that somebody has may be named; and words of a diagnosis
    r"мүгедек(?!ті)|кемтар|инвалид(?!ност)|commit(ted)? suicide|покончи|\bfailed\b|\bбольной"
    r"|\bsevere\b|\bdisorder|\bтяжёлая депресси|\bауыр депресси|\bdepressive\b"
)
NAMES = re.compile(r"alcohol use disorders identification test|generali[sz]ed anxiety disorder", re.IGNORECASE)
every_one = pytest.mark.parametrize("key", CONTENTS)


def said(key: str, language: str) -> list[str]:
    return [NAMES.sub("", words[language]) for words in texts_of(CONTENTS[key])]


@every_one
def test_every_text_is_there_in_three_languages(key: str):
    found = list(texts_of(CONTENTS[key]))
    assert len(found) > 10
    for words in found:
        assert set(words) == {"kk", "ru", "en"}
        assert all(text and text.strip() == text for text in words.values()), words
        assert words["kk"] != words["ru"] or words["kk"] == words["en"], words


@every_one
def test_the_kazakh_is_kazakh(key: str):
    for text in said(key, "kk"):
        assert not re.search(r"\b(вы|вас|вам|что|или|это|если|для|как|был[аои]?)\b", text, re.IGNORECASE), text
        if len(text) > 40:
            assert re.search("[әғқңөұүһі]", text, re.IGNORECASE), text


@every_one
def test_kazakh_speaks_to_the_person_politely(key: str):
    kazakh = " ".join(said(key, "kk"))
    assert re.search(r"\bСіз", kazakh)
    assert not re.search(r"\b(сен|сені|саған|сенің)\b", kazakh, re.IGNORECASE)


@every_one
def test_russian_and_english_have_no_letters_of_kazakh(key: str):
    assert [text for text in said(key, "ru") if re.search("[әғқңөұүһі]", text, re.IGNORECASE)] == []
    assert [text for text in said(key, "en") if re.search("[а-яәғқңөұүһі]", text, re.IGNORECASE)] == []


@every_one
def test_no_word_hurts(key: str):
    whole = " ".join(text for language in ("kk", "ru", "en") for text in said(key, language))
    assert [found[0] for found in re.finditer(HURTING, whole, re.IGNORECASE)] == []


@every_one
def test_russian_sentences_are_the_same_for_a_man_and_a_woman(key: str):
    assert "(а)" not in " ".join(said(key, "ru"))
