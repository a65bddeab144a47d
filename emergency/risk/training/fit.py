"""Fits the model to the training set. It alone needs scikit-learn, of the dependency group `train`."""

import zlib
from collections.abc import Iterable
from dataclasses import replace

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from emergency.risk import features, reading
from emergency.risk.folding import fold
from emergency.risk.levels import Kind, Level
from emergency.risk.training import examples, noise
from emergency.risk.training.examples import Example

SCALES = {"pieces": 1.0, "words": 0.5, "meanings": 0.7, "signs": 1.5}
GRADES = ("watch", "high", "imminent")
KINDS = [kind for kind in Kind if kind is not Kind.NONE]
FREEDOM = {"watch": 10.0} | dict.fromkeys((*GRADES[1:], *(kind.value for kind in KINDS)), 5.0)
"""How far the weights may go: the greater, the closer to the training set."""
FOLDS = 10
PINNED = "hard-pairs"  # the topic of the table of the tests: what must not be lost


def questions(found: list[Example]) -> dict[str, tuple[list[int], list[bool]]]:
    """Return for each output of the model the examples that it learns from, and the right answers.

    How near a danger is and what it is, is learned from those at risk alone.
    """
    everyone = list(range(len(found)))
    at_risk = [place for place in everyone if found[place].at_risk]
    asked = {
        "watch": (everyone, [found[place].at_risk for place in everyone]),
        "high": (at_risk, [found[place].level >= Level.HIGH for place in at_risk]),
        "imminent": (at_risk, [found[place].level is Level.IMMINENT for place in at_risk]),
    }
    return asked | {kind.value: (at_risk, [found[place].kind is kind for place in at_risk]) for kind in KINDS}


def matrix(parts: Iterable[tuple[set[int], ...]]) -> csr_matrix:
    """Return the features of each part, a row each."""
    columns, values, ends = [], [], [0]
    for groups in parts:
        for group, scale in zip(groups, SCALES.values(), strict=True):
            columns.extend(sorted(group))
            values.extend([scale / max(1, len(group)) ** 0.5] * len(group))
        ends.append(len(columns))
    rows = csr_matrix((values, columns, ends), shape=(len(ends) - 1, features.BUCKETS))
    rows.sum_duplicates()
    return rows


class Prepared:
    """The training set as numbers: what is learned from, and what is asked of a model that has not seen it."""

    def __init__(self, found: list[Example]) -> None:
        self.found = found
        self.groups = numpy.array(examples.groups(found))
        learned: list[tuple[int, tuple[set[int], ...], float]] = []
        asked: list[tuple[int, reading.Part]] = []
        for place, example in enumerate(found):
            parts = list(reading.parts(fold(example.text)))
            asked += [(place, part) for part in parts]
            learned += [(place, groups, weight) for groups, weight in _lessons(example, parts)]
        # Plain sentences come after the examples, and no fold leaves them out.
        for place, (_language, text) in enumerate(examples.plain(measured=False), start=len(found)):
            learned.append((place, reading.whole(text).groups(), 1.0))
        self.source = numpy.array([place for place, _groups, _weight in learned])
        self.weights = numpy.array([weight for _place, _groups, weight in learned])
        self.rows = matrix(groups for _place, groups, _weight in learned)
        self.asked = numpy.array([place for place, _part in asked])
        self.alone = numpy.array([part.alone for _place, part in asked])
        self.parts = matrix(part.groups() for _place, part in asked)

    def fit(self, name: str, among: numpy.ndarray | None = None) -> LogisticRegression:
        """Return the answers to one question, learned from the examples `among`."""
        places, answers = questions(self.found)[name]
        answer = numpy.full(self.source.max() + 1, -1)
        answer[places] = answers
        if among is not None:
            answer[: len(self.found)][~among] = -1
        if name == "watch":
            answer[len(self.found) :] = 0
        chosen = numpy.flatnonzero(answer[self.source] >= 0)
        weights = None if name in GRADES else "balanced"
        learner = LogisticRegression(
            C=FREEDOM[name], class_weight=weights, solver="liblinear", random_state=0, tol=1e-5
        )
        return learner.fit(self.rows[chosen], answer[self.source][chosen], sample_weight=self.weights[chosen])

    def unseen(self, name: str) -> numpy.ndarray:
        """Return the answer for each part of each example, of models that saw neither its topic nor its pair."""
        answers = numpy.zeros(len(self.asked))
        everyone = numpy.zeros(len(self.found))
        for seen, left_out in GroupKFold(FOLDS).split(everyone, groups=self.groups):
            among = numpy.zeros(len(self.found), bool)
            among[seen] = True
            chosen = numpy.isin(self.asked, left_out)
            answers[chosen] = self.fit(name, among).decision_function(self.parts[chosen])
        return answers

    def heaviest(self, answers: numpy.ndarray, alone: float) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Return for each example the greatest answer of its parts and which; sentences alone weigh `alone` less."""
        weights = answers - alone * self.alone
        order = numpy.lexsort((weights, self.asked))
        last = numpy.append(numpy.flatnonzero(numpy.diff(self.asked[order])), len(order) - 1)
        telling = order[last]
        return weights[telling], telling


def _lessons(example: Example, parts: list[reading.Part]) -> Iterable[tuple[tuple[set[int], ...], float]]:
    """Yield what is learned from an example: itself, noisy copies, and where it tells of nothing each of its sentences.

    The lexicon was written with a part of the examples in view, and sees more in them than in what others will write.
    So each is learned from without its signs too.
    """
    whole = reading.whole(example.text)
    yield whole.groups(), 6.0 if example.topic == PINNED else 0.25
    yield replace(whole, signs=()).groups(), 0.25
    for copy in noise.copies(example.text, seed=zlib.crc32(example.text.encode())):
        yield reading.whole(copy).groups(), 0.5 / noise.COPIES
    if not example.at_risk:
        for part in parts:
            if part.alone:
                yield part.groups(), 0.25
