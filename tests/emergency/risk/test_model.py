"""The model that is checked in: made from the files that are there, small, and as good as its report says."""

import json

import pytest

from emergency.risk import Kind, Level, assess, model
from emergency.risk.training import examples, report, sources

FLOORS = {"recall": 0.90, "precision": 0.65}  # the aim is 0.97 and 0.90; these keep what is reached
PLAIN_AT_MOST = 0.05
IMMINENT = 0.85  # of some fifteen sentences a language


@pytest.fixture(scope="module")
def measures():
    return report.measured()[1]


def test_the_model_was_trained_on_the_files_that_are_there():
    made_from = json.loads(model.DESCRIPTION.read_text())["made_from"]
    assert made_from == sources.digests(), "the sentences, the lexicon or the folding changed: make train"


def test_the_model_is_small():
    assert model.WEIGHTS.stat().st_size + model.DESCRIPTION.stat().st_size < 2**20


@pytest.mark.parametrize("language", examples.LANGUAGES)
@pytest.mark.parametrize("measure", FLOORS)
def test_sentences_held_out_are_judged_well_enough(measures, language, measure):
    assert measures[language][measure][0] >= FLOORS[measure]


@pytest.mark.parametrize("language", examples.LANGUAGES)
def test_what_is_about_to_happen_is_seldom_missed(measures, language):
    assert measures[language]["levels"]["imminent"]["found"][0] >= IMMINENT


@pytest.mark.parametrize("language", examples.LANGUAGES)
def test_plain_words_seldom_cry_wolf(language):
    asked = [text for spoken, text in examples.plain(measured=True) if spoken == language]
    assert sum(assess(text).level > Level.NONE for text in asked) <= PLAIN_AT_MOST * len(asked)


def test_no_topic_pair_or_text_of_the_held_out_set_is_trained_on():
    held_out, trained = examples.held_out(), examples.training_set()
    for told_by in (lambda one: (one.language, one.topic), lambda one: one.pair or one.text, lambda one: one.text):
        assert not {told_by(one) for one in held_out} & {told_by(one) for one in trained}


def test_every_sentence_is_there_once():
    texts = [one.text for one in examples.training_set()]
    assert len(texts) == len(set(texts))


def test_the_set_is_as_large_and_balanced_as_it_should_be():
    trained = examples.training_set()
    for language in examples.LANGUAGES:
        own = [one for one in trained if one.language == language]
        assert sum(one.at_risk for one in own) >= 250
        assert sum(not one.at_risk for one in own) >= 350
    assert {one.kind for one in trained} == set(Kind)
    assert {one.level for one in trained} == set(Level)


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "a", "language": "en", "level": "high", "kind": "none", "topic": "t"}',
        '{"text": "a", "language": "en", "level": "none", "kind": "suicide", "topic": "t"}',
        '{"text": " ", "language": "en", "level": "none", "kind": "none", "topic": "t"}',
        '{"text": "a", "language": "en", "level": "some", "kind": "none", "topic": "t"}',
        '{"text": "a"}',
        "no json",
    ],
)
def test_a_wrong_line_is_named(tmp_path, line):
    file = tmp_path / "en.jsonl"
    file.write_text('{"text": "b", "language": "en", "level": "none", "kind": "none", "topic": "t"}\n' + line)
    with pytest.raises(ValueError, match=r"en\.jsonl:2"):
        examples.read(file)
