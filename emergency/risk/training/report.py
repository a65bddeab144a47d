"""Measures the checked-in model on the sentences that were held out, and writes docs/risk-check-report.md."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from emergency.risk import model
from emergency.risk.assessing import assess
from emergency.risk.levels import Level
from emergency.risk.training import examples
from emergency.risk.training.examples import Example
from emergency.risk.training.measures import Said, table

FILE = Path(__file__).resolve().parents[3] / "docs" / "risk-check-report.md"
NAMES = {"kk": "Kazakh", "ru": "Russian", "en": "English", "all": "all"}
HEAD = """# What the risk check finds

Written by `python -m emergency.risk.training --report`; do not edit. What to do about it is in
[risk-check.md](risk-check.md).

Any level from `watch` on counts as found. *Recall* is the share of the sentences at risk that were found, *precision*
the share of the found ones that are at risk. Most sentences without risk here are near misses of those at risk, written
to be mistaken for them, and two of five sentences are at risk.
"""
CROSS = """
## By cross-validation

{judged} of the {count} sentences of the training set, those that the reader was not taught; the model that judged
each had seen neither its topic nor its near misses. The lexicon was written with a part of these sentences in view, so
strangers' sentences will do somewhat worse. Of these sentences {asked:.0%} were read a second time; by their words
alone the same recall would have a precision of {without}.
"""
PLAIN = """
## On plain words

What Emocare's own pages say, and short everyday messages ("on my way"), far from any danger. Three of four such
sentences are learned from, the fourth is asked. It is the nearest here to how often the check cries wolf at everyday
words.

"""
HELD = """
## On sentences held out

{count} sentences of topics that the model was never trained on, and that no threshold was chosen by. `make test` keeps
to floors under these numbers.
"""


def measured() -> tuple[list[Example], dict[str, Any]]:
    """Return the sentences held out, and the measures of what the check says of them."""
    found = examples.held_out()
    said = [assess(example.text) for example in found]
    return found, table([Said(example, one.level, one.kind) for example, one in zip(found, said, strict=True)])


def write() -> None:
    """Write the report."""
    description = model.load().description
    held_out, measures = measured()
    second = description["second"]
    cross = CROSS.format(
        count=len(examples.training_set()),
        judged=second["judged"],
        asked=second["asked"],
        without=second["precision without"],
    )
    lines = [HEAD, cross, *_tables(description["cross_validation"])]
    lines += ["", *_cautions(description["caution"])]
    lines += [PLAIN.rstrip("\n"), "", *_plain()]
    lines += [HELD.format(count=len(held_out)), *_tables(measures)]
    FILE.write_text("\n".join(line.rstrip("\n") for line in lines) + "\n", encoding="utf-8")


def _plain() -> Iterator[str]:
    yield "| language | sentences | found in error |"
    yield "| --- | ---: | ---: |"
    asked = examples.plain(measured=True)
    for language in examples.LANGUAGES:
        found = [assess(text).level > Level.NONE for spoken, text in asked if spoken == language]
        yield f"| {NAMES[language]} | {len(found)} | {sum(found) / len(found):.3f} |"


def _cautions(measures: dict[str, list[float]]) -> Iterator[str]:
    yield "| caution | recall | precision |"
    yield "| ---: | ---: | ---: |"
    for caution, (recall, precision) in measures.items():
        yield f"| {caution} | {recall:.3f} | {precision:.3f} |"


def _tables(measures: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield "| language | at risk | recall | precision |"
    yield "| --- | ---: | ---: | ---: |"
    for language, of in measures.items():
        yield f"| {NAMES[language]} | {of['recall'][1]} | {of['recall'][0]:.3f} | {of['precision'][0]:.3f} |"
    yield ""
    yield "| level | language | at risk | found | found at least so high | right when said |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for level in (level.name.lower() for level in Level if level):
        for language, of in measures.items():
            one = of["levels"][level]
            shares = " | ".join(f"{one[column][0]:.3f}" for column in ("found", "so high", "right"))
            yield f"| {level} | {NAMES[language]} | {one['found'][1]} | {shares} |"
    yield ""
    yield "| kind | language | at risk | found | named so when found |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for kind in measures["all"]["kinds"]:
        for language, of in measures.items():
            one = of["kinds"][kind]
            shares = " | ".join(f"{one[column][0]:.3f}" for column in ("found", "so named"))
            yield f"| {kind} | {NAMES[language]} | {one['found'][1]} | {shares} |"
