"""The reader as it learns, in PyTorch: the same sums as `emergency/risk/reader.py`."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from emergency.risk.reader import MOST_PIECES, SMALLEST, spread
from emergency.risk.training.reader.base import MARKS, Base

DROPPED = 0.1  # of the numbers, while it learns


class Layer(nn.Module):
    def __init__(self, size: int, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.look, self.told = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.wide, self.narrow = nn.Linear(size, width), nn.Linear(width, size)
        self.after_look, self.after_thought = nn.LayerNorm(size, SMALLEST), nn.LayerNorm(size, SMALLEST)

    def forward(self, pieces: Tensor, hidden: Tensor) -> Tensor:
        texts, count, size = pieces.shape
        looks = self.look(pieces).view(texts, count, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        asked, offered, told = looks
        fits = asked @ offered.transpose(-1, -2) * (size // self.heads) ** -0.5 + hidden.to(asked.dtype)
        heard = (self._drop(fits.softmax(-1)) @ told).transpose(1, 2).reshape(texts, count, size)
        pieces = self.after_look(pieces + self._drop(self.told(heard)))
        thought = self.narrow(functional.gelu(self.wide(pieces), approximate="tanh"))
        return self.after_thought(pieces + self._drop(thought))

    def _drop(self, numbers: Tensor) -> Tensor:
        return functional.dropout(numbers, DROPPED, self.training)


class Network(nn.Module):
    """Some layers of the base, and answers over what they make of a text. What a piece is at first stays as it was."""

    def __init__(self, base: Base, kept: list[int], layers: int, answers: int) -> None:
        super().__init__()
        words = torch.from_numpy(spread(*(part[kept] for part in base.halves("emb.word", base.size))))
        self.words = nn.Embedding.from_pretrained(words, freeze=True)
        places = base.numbers("emb.pos").reshape(-1, base.size) + base.numbers("emb.type")[: base.size]
        self.places = nn.Parameter(torch.from_numpy(places[:MOST_PIECES]))
        self.first = nn.LayerNorm(base.size, SMALLEST)
        _fill(self.first, base.numbers("emb.ln.w"), base.numbers("emb.ln.b"))
        self.layers = nn.ModuleList(_layer(base, place) for place in range(layers))
        self.answers = nn.Linear(base.size, answers)

    def forward(self, pieces: Tensor) -> Tensor:
        """Return the answers for texts of pieces, filled up with the mark of nothing (1)."""
        there = pieces != 1
        hidden = torch.zeros(there.shape).masked_fill(~there, -1e4)[:, None, None, :]
        spread = self.first(self.words(pieces) + self.places[: pieces.shape[1]])
        spread = functional.dropout(spread, DROPPED, self.training)
        for layer in self.layers:
            spread = layer(spread, hidden)
        counted = there[..., None].to(spread.dtype)
        mean = (spread * counted).sum(1) / counted.sum(1)
        return self.answers(functional.dropout(mean, DROPPED, self.training))


def kept_pieces(base: Base, seen: set[int], common: int) -> list[int]:
    """Return the pieces that the reader knows: the marks, what was seen, and the commonest of our alphabets."""
    ours = (at for at in range(MARKS, common) if all(_is_ours(letter) for letter in base.pieces[at]))
    return [*range(MARKS), *sorted(seen | set(ours))]


def _is_ours(letter: str) -> bool:
    return letter < "\u0250" or "\u0400" <= letter < "\u0500" or not letter.isalpha()


def _layer(base: Base, place: int) -> Layer:
    layer = Layer(base.size, base.width, base.heads)
    size, width = base.size, base.width

    def table(name: str, size: int) -> np.ndarray:
        return base.table(f"l{place}.{name}.w", size)

    def numbers(name: str) -> np.ndarray:
        return base.numbers(f"l{place}.{name}")

    looks = np.concatenate([table(name, size) for name in "qkv"])
    _fill(layer.look, looks, np.concatenate([numbers(f"{name}.b") for name in "qkv"]))
    _fill(layer.told, table("ao", size), numbers("ao.b"))
    _fill(layer.wide, table("fi", size), numbers("fi.b"))
    _fill(layer.narrow, table("fo", width), numbers("fo.b"))
    _fill(layer.after_look, numbers("aln.w"), numbers("aln.b"))
    _fill(layer.after_thought, numbers("oln.w"), numbers("oln.b"))
    return layer


def _fill(module: nn.Linear | nn.LayerNorm, weights: np.ndarray, shift: np.ndarray) -> None:
    with torch.no_grad():
        module.weight.copy_(torch.from_numpy(weights))
        module.bias.copy_(torch.from_numpy(shift))
