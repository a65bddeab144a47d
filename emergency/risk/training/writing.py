"""Trains the model and writes it down: model.bin, and model.json with what it was made from and how it measured."""

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression

from emergency.risk import features, model
from emergency.risk.levels import Kind, Level
from emergency.risk.training import examples, unseen
from emergency.risk.training.fit import FREEDOM, GRADES, KINDS, SCALES, Prepared
from emergency.risk.training.measures import Said, table
from emergency.risk.training.sources import digests

ALONE = 1.0  # how much less a sentence weighs when its neighbours are not read with it
BETWEEN = (-2.7, 1.5)  # where words leave it open: wider finds more, and asks the reader more often
BELIEF = 0.5  # in the reader, next to words, of how near a danger is and what it is
FOUND = 0.95  # of those at risk by cross-validation: more would cry wolf at every other hard near miss
CAUTIONS = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
DIGITS = 4


def train() -> dict[str, Any]:
    """Fit, choose the thresholds by cross-validation, write both files, and return the description."""
    prepared = Prepared(examples.training_set())
    judged = Judged(prepared, {name: prepared.unseen(name) for name in FREEDOM})
    outputs, tables = _tables(prepared)
    description = {
        "made_from": digests(),
        "made_with": {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__},
        "scales": SCALES,
        "alone": ALONE,
        "thresholds": judged.thresholds,
        "calibration": judged.calibration,
        "second": {
            "between": BETWEEN,
            "odds": judged.together,
            "belief": BELIEF,
            "thresholds": judged.second_thresholds,
            "judged": len(judged.found),
            "asked": round(float(judged.open.mean()), 3),
            "precision without": judged.without(),
        },
        "outputs": outputs,
        "caution": judged.by_caution(),
        "cross_validation": judged.cross_validation(),
    }
    weights = zlib.compress(tables, 9)
    description["weights"] = hashlib.sha256(tables).hexdigest()
    model.WEIGHTS.write_bytes(weights)
    _write(model.DESCRIPTION, description)
    return description


class Judged:
    """What words and reader say of the examples that they were not taught, and the thresholds that follow."""

    def __init__(self, prepared: Prepared, unseen_parts: dict[str, numpy.ndarray]) -> None:
        read = unseen.read(prepared.found)
        judged = [place for place, answers in enumerate(read) if answers]
        self.found = [prepared.found[place] for place in judged]
        self.read = {name: numpy.array([read[place][name] for place in judged]) for name in FREEDOM}
        self.at_risk = numpy.array([example.at_risk for example in self.found])
        weight, telling = prepared.heaviest(unseen_parts["watch"], ALONE)
        self.weight = weight[judged]
        self.words = {name: answers[telling[judged]] for name, answers in unseen_parts.items()}
        self.open = (self.weight > BETWEEN[0]) & (self.weight < BETWEEN[1])
        self.calibration = _odds(self.weight[:, None], self.at_risk)
        both = numpy.stack([self.weight, self.read["watch"]], axis=1)
        self.together = _odds(both[self.open], self.at_risk[self.open])
        self.odds = numpy.where(self.open, _of(both, self.together), _of(self.weight[:, None], self.calibration))
        self.thresholds = {"watch": self._watch()} | {name: self._balanced(name, self.words) for name in GRADES[1:]}
        self.second_thresholds = {name: self._balanced(name, self._believed) for name in GRADES[1:]}

    @property
    def _believed(self) -> dict[str, numpy.ndarray]:
        return {name: words + BELIEF * self.read[name] for name, words in self.words.items()}

    def _watch(self) -> float:
        """Return the threshold that finds the share FOUND of what is at risk."""
        return round(_lightest(self.odds, self.at_risk) - 10.0**-DIGITS, DIGITS)

    def _balanced(self, name: str, answers: dict[str, numpy.ndarray]) -> float:
        """Return the threshold at which as many examples are put too high as too low."""
        reached = sum(example.level >= Level.named(name) for example in self.found)
        return round(float(numpy.sort(answers[name][self.at_risk])[-reached]), DIGITS)

    def without(self) -> float:
        """Return the precision of words alone, where they find as much."""
        found = self.weight >= _lightest(self.weight, self.at_risk)
        return round(float(self.at_risk[found].mean()), 3)

    def by_caution(self) -> dict[str, list[float]]:
        """Return recall and precision as `caution` moves the threshold."""
        measures = {}
        for caution in CAUTIONS:
            said = self.odds > self.thresholds["watch"] - caution
            hits, shares = float((said & self.at_risk).sum()), (self.at_risk.sum(), max(1, said.sum()))
            measures[str(caution)] = [round(hits / float(share), 3) for share in shares]
        return measures

    def cross_validation(self) -> dict[str, Any]:
        """Return recall and precision by language, level and kind."""
        believed = self._believed
        said = []
        for place, example in enumerate(self.found):
            if self.odds[place] <= self.thresholds["watch"]:
                said.append(Said(example, Level.NONE, Kind.NONE))
                continue
            open_ = bool(self.open[place])
            answers, least = (believed, self.second_thresholds) if open_ else (self.words, self.thresholds)
            reached = (Level.named(name) for name in reversed(GRADES[1:]) if answers[name][place] > least[name])
            kind = max(KINDS, key=lambda kind: answers[kind.value][place])
            said.append(Said(example, next(reached, Level.WATCH), kind))
        return table(said)


def _lightest(answers: numpy.ndarray, at_risk: numpy.ndarray) -> float:
    """Return the answer above which the share FOUND of what is at risk is."""
    return float(numpy.sort(answers[at_risk])[round(float(at_risk.sum()) * (1 - FOUND))])


def _odds(answers: numpy.ndarray, at_risk: numpy.ndarray) -> list[float]:
    """Return what answers count towards the odds of a danger, and what is added."""
    curve = LogisticRegression(C=1e6, solver="lbfgs").fit(answers, at_risk)
    return [round(float(one), DIGITS) for one in (*curve.coef_[0], curve.intercept_[0])]


def _of(answers: numpy.ndarray, counted: list[float]) -> numpy.ndarray:
    return answers @ numpy.array(counted[:-1]) + counted[-1]


def _write(path: Path, description: dict[str, Any]) -> None:
    path.write_text(json.dumps(description, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _tables(prepared: Prepared) -> tuple[dict[str, dict[str, float]], bytes]:
    """Return the outputs and their weights as signed bytes, one table after the other."""
    outputs, tables = {}, []
    for name in FREEDOM:
        learner = prepared.fit(name)
        weights = learner.coef_[0]
        unit = float(numpy.abs(weights).max()) / 127
        tables.append(numpy.round(weights / unit).astype(numpy.int8).tobytes())
        outputs[name] = {"unit": round(unit, 8), "bias": round(float(learner.intercept_[0]), 6)}
    if any(len(one) != features.BUCKETS for one in tables):
        raise ValueError("a table has not a weight for each feature")
    return outputs, b"".join(tables)
