"""Pairs of texts that look alike, one of danger and one of none: the check must tell them apart."""

import json
from pathlib import Path

import pytest

from emergency.risk import assess
from emergency.risk.levels import Level

PAIRS = [json.loads(line) for line in Path(__file__).with_name("hard_pairs.jsonl").read_text().splitlines()]


def test_there_are_pairs_enough_in_every_language():
    assert len(PAIRS) >= 40
    assert all(sum(pair["language"] == language for pair in PAIRS) >= 10 for language in ("kk", "ru", "en"))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["danger"][:40])
def test_danger_is_told_from_what_looks_like_it(pair):
    assert assess(pair["danger"]).level >= Level.named(pair["level"])
    assert assess(pair["none"]).level == Level.NONE
