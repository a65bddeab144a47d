"""Writes down what a network has learned, as `emergency/risk/reader.py` reads it."""

import numpy as np
from torch import Tensor, nn

from emergency.risk import reader
from emergency.risk.training.reader.base import Base
from emergency.risk.training.reader.network import Network
from emergency.risk.training.reader.teaching import ANSWERS

MOST = 127


def arrays(network: Network, base: Base, kept: list[int]) -> dict[str, np.ndarray]:
    """Return all that the reader needs: pieces as half bytes, tables as signed bytes, the rest as short numbers."""
    halves, units = base.halves("emb.word", base.size)
    out = {
        "names": _letters(ANSWERS),
        "pieces": _letters(["" if place < reader.UNKNOWN + 1 else base.pieces[at] for place, at in enumerate(kept)]),
        "scores": base.scores[kept],
        "words": halves[kept],
        "word_units": units[kept],
        "places": _short(network.places),
        "heads": np.array(base.heads),
        "layers": np.array(len(network.layers)),
        "answers.weights": _numbers(network.answers.weight).T.copy(),
        "answers.shift": _numbers(network.answers.bias),
    }
    out |= _norm("first", network.first)
    for place, layer in enumerate(network.layers):
        for name in ("look", "told", "wide", "narrow"):
            out |= _linear(f"{place}.{name}", getattr(layer, name))
        for name in ("after_look", "after_thought"):
            out |= _norm(f"{place}.{name}", getattr(layer, name))
    return out


def _letters(words: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _numbers(tensor: Tensor) -> np.ndarray:
    return tensor.detach().numpy().astype(np.float32)


def _short(tensor: Tensor) -> np.ndarray:
    return _numbers(tensor).astype(np.float16)


def _norm(name: str, norm: nn.LayerNorm) -> dict[str, np.ndarray]:
    return {f"{name}.scale": _short(norm.weight), f"{name}.shift": _short(norm.bias)}


def _linear(name: str, linear: nn.Linear) -> dict[str, np.ndarray]:
    """Return a table as signed bytes, with a unit for each answer of it."""
    weights = _numbers(linear.weight).T
    units = np.abs(weights).max(0) / MOST
    bytes_ = np.round(weights / units).astype(np.int8)
    return {f"{name}.weights": bytes_, f"{name}.units": units.astype(np.float32), f"{name}.shift": _short(linear.bias)}
