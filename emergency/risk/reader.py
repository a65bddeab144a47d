"""A second look at what words alone leave open: a small transformer reads a part as a whole, in the order of its words.

It is a part of multilingual-e5-small, taught on the training set by `training/reader/`; here it runs with numpy alone.
"""

import os
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Sums as small as these are done sooner by one thread than shared, and the other cores have people to serve.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

WEIGHTS = Path(__file__).with_name("reader.npz")

MOST_PIECES = 96  # of a part, with the two marks around it; what comes after is not read
LONGEST_WORD = 40  # longer ones are read in parts
REMEMBERED = 20_000  # words
BLOCK = 32  # numbers of a piece that share a unit
SMALLEST = 1e-12

BEGIN, END, UNKNOWN = 0, 2, 3
SPACE = "\u2581"  # how a piece says that a word begins with it


class Pieces:
    """Divides a text into the pieces that the reader knows, each word the likeliest way."""

    def __init__(self, known: list[str], scores: np.ndarray) -> None:
        self._known = {piece: (place, float(scores[place])) for place, piece in enumerate(known) if piece}
        self._longest = max(map(len, self._known))
        self._least = float(scores.min()) - 10.0  # what a letter without a piece counts
        self._words: dict[str, list[int]] = {}

    def of(self, text: str) -> list[int]:
        """Return the places of the pieces, between the marks of beginning and end."""
        places = [BEGIN]
        for word in unicodedata.normalize("NFKC", text).lower().split():
            for start in range(0, len(word), LONGEST_WORD):
                places += self._of_word(("" if start else SPACE) + word[start : start + LONGEST_WORD])
            if len(places) >= MOST_PIECES:
                break
        return [*places[: MOST_PIECES - 1], END]

    def _of_word(self, word: str) -> list[int]:
        found = self._words.get(word)
        if found is None:
            found = self._divided(word)
            if len(self._words) < REMEMBERED:
                self._words[word] = found
        return found

    def _divided(self, word: str) -> list[int]:
        """Return the pieces of the best division, by dynamic programming over where they end."""
        best = [0.0] + [float("-inf")] * len(word)
        last: list[tuple[int, int]] = [(0, UNKNOWN)] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                if piece := self._known.get(word[start:end]):
                    place, score = piece
                    if best[start] + score > best[end]:
                        best[end], last[end] = best[start] + score, (start, place)
            if best[start] + self._least > best[start + 1]:
                best[start + 1], last[start + 1] = best[start] + self._least, (start, UNKNOWN)
        places, end = [], len(word)
        while end:
            end, place = last[end]
            places.append(place)
        return places[::-1]


@dataclass(frozen=True, slots=True)
class Norm:
    """Brings numbers to one size, and then to that which was learned."""

    scale: np.ndarray
    shift: np.ndarray

    def of(self, numbers: np.ndarray) -> np.ndarray:
        apart = numbers - numbers.mean(-1, keepdims=True)
        size = np.sqrt((apart * apart).mean(-1, keepdims=True) + SMALLEST)
        return apart / size * self.scale + self.shift


@dataclass(frozen=True, slots=True)
class Linear:
    """A table of weights, and what is added."""

    weights: np.ndarray
    shift: np.ndarray

    def of(self, numbers: np.ndarray) -> np.ndarray:
        return numbers @ self.weights + self.shift


@dataclass(frozen=True, slots=True)
class Layer:
    """Lets each piece look at the others, then think."""

    look: Linear  # what is asked, what is offered, what is told, side by side
    told: Linear
    after_look: Norm
    wide: Linear
    narrow: Linear
    after_thought: Norm
    heads: int

    def of(self, pieces: np.ndarray) -> np.ndarray:
        count, size = pieces.shape
        asked, offered, told = self.look.of(pieces).reshape(count, 3, self.heads, -1).transpose(1, 2, 0, 3)
        fits = asked @ offered.transpose(0, 2, 1) / np.float32((size // self.heads) ** 0.5)
        shares = np.exp(fits - fits.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        heard = (shares @ told).transpose(1, 0, 2).reshape(count, size)
        pieces = self.after_look.of(pieces + self.told.of(heard))
        return self.after_thought.of(pieces + self.narrow.of(_bent(self.wide.of(pieces))))


def _bent(numbers: np.ndarray) -> np.ndarray:
    """Return the curve between nothing and the number itself by which layers tell apart (GELU)."""
    inner = numbers * numbers
    inner *= np.float32(0.044715)
    inner += 1
    inner *= numbers
    inner *= np.float32(0.7978845608)
    bent = np.tanh(inner, out=inner)
    bent += 1
    bent *= numbers
    bent *= np.float32(0.5)
    return bent


class Reader:
    """Pieces, layers and answers, as `training/reader/` wrote them."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        self.names = arrays["names"].tobytes().decode().split("\n")
        """What is answered: "watch", "high", "imminent", and each kind."""
        self.pieces = Pieces(arrays["pieces"].tobytes().decode().split("\n"), arrays["scores"])
        self._words, self._units = arrays["words"], arrays["word_units"]
        self._places = arrays["places"].astype(np.float32)
        self._first = _norm(arrays, "first")
        self._layers = [_layer(arrays, place) for place in range(int(arrays["layers"]))]
        self._answers = Linear(arrays["answers.weights"], arrays["answers.shift"])

    def read(self, text: str) -> dict[str, float]:
        """Return how much speaks for each answer (log odds)."""
        found = self.pieces.of(text)
        pieces = self._first.of(spread(self._words[found], self._units[found]) + self._places[: len(found)])
        for layer in self._layers:
            pieces = layer.of(pieces)
        answers = self._answers.of(pieces.mean(0))
        return {name: round(float(answer), 3) for name, answer in zip(self.names, answers, strict=True)}


def spread(halves: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Return the numbers of rows of half bytes, of each block the first half and then the other, in their units."""
    packed = halves.reshape(len(halves), -1, BLOCK // 2)
    numbers = np.concatenate([packed & 15, packed >> 4], -1).astype(np.float32) - 8
    return (numbers * units.astype(np.float32)[..., None]).reshape(len(halves), -1)


def _layer(arrays: dict[str, np.ndarray], place: int) -> Layer:
    tables = {name: _linear(arrays, f"{place}.{name}") for name in ("look", "told", "wide", "narrow")}
    norms = {name: _norm(arrays, f"{place}.{name}") for name in ("after_look", "after_thought")}
    return Layer(**tables, **norms, heads=int(arrays["heads"]))


def _norm(arrays: dict[str, np.ndarray], name: str) -> Norm:
    return Norm(arrays[f"{name}.scale"].astype(np.float32), arrays[f"{name}.shift"].astype(np.float32))


def _linear(arrays: dict[str, np.ndarray], name: str) -> Linear:
    """Return a table that is kept as signed bytes, with a unit for each column."""
    weights = arrays[f"{name}.weights"].astype(np.float32) * arrays[f"{name}.units"].astype(np.float32)
    return Linear(weights, arrays[f"{name}.shift"].astype(np.float32))


@cache
def load() -> Reader:
    """Return the reader that is checked in; it is read once."""
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return Reader(dict(kept))
