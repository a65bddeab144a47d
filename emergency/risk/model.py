"""Reads the trained model and weighs with it: what words say in plain Python, and beside it what the reader says."""

import json
import zlib
from array import array
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path
from typing import Any

from emergency.risk import features
from emergency.risk.levels import Kind, Level

FOLDER = Path(__file__).parent
SENSE = 6  # a sentence has about so many times as many pieces of words as meanings, under the root
WEIGHTS = FOLDER / "model.bin"
DESCRIPTION = FOLDER / "model.json"

Answers = dict[str, float]
"""What the reader says of a part, for each of the model's outputs."""


@dataclass(frozen=True, slots=True)
class Output:
    """One question that the model answers with a number: the greater, the surer yes."""

    weights: array  # a signed byte for each feature
    unit: float  # what one of a weight is worth
    bias: float

    def of(self, groups: tuple[set[int], ...], scales: tuple[float, ...]) -> float:
        """Return the answer for the features of some words."""
        weight = self.weights.__getitem__
        total = sum(
            scale / sqrt(len(group)) * sum(map(weight, group))
            for group, scale in zip(groups, scales, strict=True)
            if group
        )
        return total * self.unit + self.bias


class Model:
    """Whether there is a danger, how near it is, and what it is."""

    def __init__(self, description: dict[str, Any], weights: bytes) -> None:
        self.description = description
        self.scales = tuple(description["scales"][name] for name in features.GROUPS)
        self.thresholds = {Level.named(name): value for name, value in description["thresholds"].items()}
        """The least odds of a danger, and what high and imminent must weigh."""
        self.threshold = self.thresholds[Level.WATCH]
        self._second = description["second"]
        self.unsure: tuple[float, float] = tuple(self._second["between"])
        """Between what weights words alone leave it open, so that the reader is asked."""
        self.alone = description["alone"]
        """How much more a sentence must weigh when its neighbours are not read with it."""
        tables = zlib.decompress(weights)
        self._outputs: dict[str, Output] = {}
        for place, (name, output) in enumerate(description["outputs"].items()):
            table = array("b", tables[place * features.BUCKETS : (place + 1) * features.BUCKETS])
            self._outputs[name] = Output(table, output["unit"], output["bias"])

    @property
    def lightest(self) -> float:
        """Return how much speaks for a danger when nothing is written."""
        return self._outputs["watch"].bias

    def found(self, groups: tuple[set[int], ...]) -> float:
        """Return how much the words speak for a danger."""
        return self._outputs["watch"].of(groups, self.scales)

    def odds(self, found: float, answers: Answers | None = None) -> float:
        """Return the odds of a danger (log) by what words say, and what the reader says where it was asked."""
        if answers is None:
            slope, shift = self.description["calibration"]
            return slope * found + shift
        words, read, shift = self._second["odds"]
        return words * found + read * answers["watch"] + shift

    def level(self, groups: tuple[set[int], ...], answers: Answers | None = None) -> Level:
        """Return how near the danger is, when there is one."""
        for level in (Level.IMMINENT, Level.HIGH):
            name = level.name.lower()
            weight = self._outputs[name].of(groups, self.scales)
            least = self.thresholds[level]
            if answers is not None:
                weight += self._second["belief"] * answers[name]
                least = self._second["thresholds"][name]
            if weight > least:
                return level
        return Level.WATCH

    def kind(self, groups: tuple[set[int], ...], answers: Answers | None = None) -> Kind:
        """Return what the danger is, when there is one."""

        def weight(kind: Kind) -> float:
            read = answers[kind.value] if answers is not None else 0.0
            return self._outputs[kind.value].of(groups, self.scales) + self._second["belief"] * read

        return max((kind for kind in Kind if kind is not Kind.NONE), key=weight)

    def probability(self, odds: float) -> float:
        """Return how often a text of such odds was at risk in the training set."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))

    def weight(self, word: str) -> float:
        """Return how much a word by itself speaks for a danger, next to other words of the text."""
        weight = self._outputs["watch"].weights.__getitem__
        letters, _words, meanings, _signs = self.scales
        return letters * sum(map(weight, features.pieces(word))) + SENSE * meanings * sum(
            map(weight, features.meanings(word))
        )


@cache
def load() -> Model:
    """Return the model that is checked in; it is read once."""
    return Model(json.loads(DESCRIPTION.read_text(encoding="utf-8")), WEIGHTS.read_bytes())
