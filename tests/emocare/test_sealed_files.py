"""Files at rest: what was written comes back, and nothing else does."""

import io

import pytest

from emocare import sealed_files
from emocare.crypto import CannotDecrypt

PIECE, TAG, HEAD = sealed_files.PIECE, sealed_files.TAG_BYTES, 18
TEXT = bytes(range(256)) * 1024  # four pieces


def sealed(plain: bytes, binding: str = "a") -> bytes:
    target = io.BytesIO()
    writer = sealed_files.Writer(target, binding)
    for start in range(0, len(plain), 1000):
        writer.write(plain[start : start + 1000])
    writer.close()
    return target.getvalue()


def opened(stored: bytes, binding: str = "a") -> bytes:
    return b"".join(sealed_files.pieces(io.BytesIO(stored), binding))


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, len(TEXT)])
def test_what_was_written_comes_back(length):
    assert opened(sealed(TEXT[:length])) == TEXT[:length]


def test_the_same_text_is_never_the_same_file():
    assert sealed(TEXT)[HEAD:] != sealed(TEXT)[HEAD:]


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file[:-1],
        lambda file: file[: HEAD + PIECE + TAG],  # cut off where a piece ends
        lambda file: file[:HEAD],
        lambda file: file[: HEAD + PIECE + TAG] + file[HEAD + 2 * (PIECE + TAG) :],
        lambda file: b"\xff\xff" + file[2:],
        lambda file: file[:100] + bytes([file[100] ^ 1]) + file[101:],
        lambda file: b"",
    ],
)
def test_a_file_that_was_cut_or_changed_does_not_open(damage):
    with pytest.raises(CannotDecrypt):
        opened(damage(sealed(TEXT)))


def test_a_file_in_the_place_of_another_does_not_open():
    with pytest.raises(CannotDecrypt):
        opened(sealed(TEXT, "a"), "b")
