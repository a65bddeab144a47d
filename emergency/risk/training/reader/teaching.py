"""Teaches a network the training set: a few times through, each time with other slips of the keys."""

import math
import random
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from emergency.risk import reading
from emergency.risk.levels import Kind, Level
from emergency.risk.reader import Pieces
from emergency.risk.training import noise
from emergency.risk.training.examples import Example
from emergency.risk.training.fit import PINNED
from emergency.risk.training.reader.network import Network

ANSWERS = ["watch", "high", "imminent", *(kind.value for kind in Kind if kind is not Kind.NONE)]
AT_ONCE = 32  # texts
TIMES = 4  # through the training set
FASTEST = 1e-4  # how far one step goes; the first steps and the last ones go less far
WARMING = 0.06  # of the steps
DECAY = 0.01
NOISY = 0.5  # of the texts, each time
NO_KAZAKH = 0.15  # of the Kazakh ones, each time
FURTHER = 0.3  # what the other answers count, next to whether there is a danger
PINNED_TIMES = 4  # as often as others is the table of the tests read

_TYPED = str.maketrans("әқңғүұөіһ", "акнгууоих")

Lesson = tuple[str, str, list[float]]  # language, text, answers; without danger the first one alone is right or wrong


def lessons(found: Sequence[Example], plain: Sequence[tuple[str, str]]) -> list[Lesson]:
    """Return what is learned from, once."""
    out = []
    for example in found:
        lesson = example.language, written(example.text), _answers(example)
        out += [lesson] * (PINNED_TIMES if example.topic == PINNED else 1)
    return out + [(language, written(text), [0.0] * len(ANSWERS)) for language, text in plain]


def written(text: str) -> str:
    """Return what of a text the reader is given."""
    return reading.whole(text).written(text)


def _answers(example: Example) -> list[float]:
    grades = [example.level >= level for level in (Level.WATCH, Level.HIGH, Level.IMMINENT)]
    return [float(yes) for yes in (*grades, *(example.kind is kind for kind in Kind if kind is not Kind.NONE))]


def teach(network: Network, pieces: Pieces, taught: Sequence[Lesson], seed: int) -> None:
    """Let the network learn, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 slips of the keys keep no secret
    learned = [one for one in network.parameters() if one.requires_grad]
    tables, others = [one for one in learned if one.dim() > 1], [one for one in learned if one.dim() < 2]
    stepping = torch.optim.AdamW(
        [{"params": tables, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}], betas=(0.9, 0.98)
    )
    steps = TIMES * math.ceil(len(taught) / AT_ONCE)
    step = 0
    network.train()
    for time in range(1, TIMES + 1):
        wrong = 0.0
        for batch in _batches(taught, pieces, chance):
            far = FASTEST * min(1.0, step / (WARMING * steps)) * max(0.0, 1 - step / steps)
            for group in stepping.param_groups:
                group["lr"] = far
            with torch.autocast("cpu", torch.bfloat16):
                said = network(filled([found for found, _answers in batch]))
            loss = _loss(said.float(), torch.tensor([answers for _found, answers in batch]))
            stepping.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 1.0)
            stepping.step()
            step += 1
            wrong += loss.item() / (steps / TIMES)
        print(f"{time} of {TIMES} times: {wrong:.3f} wrong", flush=True)  # noqa: T201 it takes long


def _loss(said: Tensor, right: Tensor) -> Tensor:
    """Return how wrong it was; how near a danger is, and what it is, counts for those at risk alone."""
    each = functional.binary_cross_entropy_with_logits(said, right, reduction="none")
    at_risk = right[:, :1]
    further = (each[:, 1:] * at_risk).sum() / (at_risk.sum() * 3 + 1e-6)
    return each[:, 0].mean() + FURTHER * further


def _batches(
    taught: Sequence[Lesson], pieces: Pieces, chance: random.Random
) -> list[list[tuple[list[int], list[float]]]]:
    """Return the lessons in a new order, those of like length together, some as hurried fingers type them."""
    found = []
    for language, text, answers in taught:
        typed = text
        if chance.random() < NOISY:
            typed = noise.noisy(typed, chance)
        if language == "kk" and chance.random() < NO_KAZAKH:
            typed = typed.lower().translate(_TYPED)
        found.append((pieces.of(typed), answers))
    chance.shuffle(found)
    out = []
    for some in _in_turn(found, AT_ONCE * 20):
        out += _in_turn(sorted(some, key=lambda one: len(one[0])), AT_ONCE)
    chance.shuffle(out)
    return out


def filled(texts: Sequence[list[int]]) -> Tensor:
    """Return the pieces of texts as a table, the shorter ones filled up with the mark of nothing."""
    table = torch.ones(len(texts), max(map(len, texts)), dtype=torch.long)
    for place, found in enumerate(texts):
        table[place, : len(found)] = torch.tensor(found)
    return table


def asked(network: Network, pieces: Pieces, texts: Sequence[str]) -> np.ndarray:
    """Return the answers of a network to some texts, a row each."""
    network.eval()
    found = [pieces.of(text) for text in texts]
    order = sorted(range(len(found)), key=lambda place: len(found[place]))
    out = np.zeros((len(found), len(ANSWERS)), np.float32)
    with torch.no_grad():
        for some in _in_turn(order, AT_ONCE):
            out[some] = network(filled([found[place] for place in some])).numpy()
    return out


def _in_turn(many: list, count: int) -> list[list]:
    """Return some at a time."""
    return [many[start : start + count] for start in range(0, len(many), count)]
