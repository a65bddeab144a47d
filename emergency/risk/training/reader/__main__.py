"""Teaches the reader two thirds of the training set, asks it the rest: `python -m emergency.risk.training.reader`.

It takes about ten minutes of one core, with the packages of requirements-reader.lock. `make train` comes after it.
"""

from collections.abc import Sequence

import numpy as np
import torch
from sklearn.model_selection import GroupKFold

from emergency.risk import reader
from emergency.risk.reader import Pieces
from emergency.risk.training import examples, noise, unseen
from emergency.risk.training.examples import Example
from emergency.risk.training.keeping import keep
from emergency.risk.training.reader import teaching, writing
from emergency.risk.training.reader.base import MARKS, Base
from emergency.risk.training.reader.network import Network, kept_pieces

LAYERS = 6  # of the base's twelve: all were hardly better, and twice as large and slow
FOLDS = 3  # one of them is asked: what is then said of how good it is, is said of the very reader that is checked in
COMMON = 20_000  # of the base's pieces, the commonest first, of which those of our alphabets are kept
SEED = 0


def main() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    base, found = Base(), examples.training_set()
    kept = kept_pieces(base, _seen(base, found), COMMON)
    pieces = Pieces(["" if place < MARKS else base.pieces[at] for place, at in enumerate(kept)], base.scores[kept])
    network = Network(base, kept, LAYERS, len(teaching.ANSWERS))
    taught, asked = next(GroupKFold(FOLDS).split(found, groups=examples.groups(found)))
    lessons = teaching.lessons([found[place] for place in taught], examples.plain(measured=False))
    teaching.teach(network, pieces, lessons, SEED)
    answers = np.full((len(found), len(teaching.ANSWERS)), np.nan, np.float32)
    answers[asked] = teaching.asked(network, pieces, [teaching.written(found[place].text) for place in asked])
    keep(reader.WEIGHTS, writing.arrays(network, base, kept))
    unseen.write(found, answers)


def _seen(base: Base, found: Sequence[Example]) -> set[int]:
    """Return the pieces of the training set, and of what slips of the keys make of it."""
    every = Pieces(["" if place < MARKS else piece for place, piece in enumerate(base.pieces)], base.scores)
    seen: set[int] = set()
    for _language, text, _answers in teaching.lessons(found, examples.plain(measured=False)):
        for typed in (text, *noise.copies(text, seed=SEED)):
            seen.update(every.of(typed))
    return seen - set(range(MARKS))


if __name__ == "__main__":
    main()
