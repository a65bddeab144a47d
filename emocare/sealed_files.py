"""Files encrypted at rest: AES-256-GCM in pieces, so that memory does not grow with the file.

A file is `version (2 bytes, big-endian) || salt (16 bytes)` and then pieces of PIECE bytes, each with its tag. Every
file has a key of its own, derived from the salt; the nonce of a piece is its number and whether it is the last, so that
pieces cannot be swapped, dropped or cut off. `binding` says which file it is, as for texts in emocare.crypto.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from emocare.crypto import VERSION_BYTES, CannotDecrypt, parse_keys

PIECE = 64 * 1024
SALT_BYTES = 16
TAG_BYTES = 16


def _cipher(key: bytes, salt: bytes, binding: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"emocare file:" + binding.encode()).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Writer:
    """Takes what is written and puts it sealed into `target`; `close` writes the last piece."""

    def __init__(self, target: BinaryIO, binding: str):
        keys = parse_keys(settings.ENCRYPTION_KEYS)
        if not keys:
            raise ImproperlyConfigured("ENCRYPTION_KEYS is not set")
        version, salt = max(keys), os.urandom(SALT_BYTES)
        self._cipher = _cipher(keys[version], salt, binding)
        self._target, self._waiting, self._number = target, bytearray(), 0
        self.written = 0  # bytes, before sealing
        target.write(version.to_bytes(VERSION_BYTES, "big") + salt)

    def write(self, data: bytes) -> int:
        self._waiting += data
        self.written += len(data)
        while len(self._waiting) > PIECE:  # the last piece is known only at the end
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def flush(self) -> None:
        """Do nothing: a piece is written when it is full."""

    def close(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, plain: bytes, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last), plain, None))
        self._number += 1


def pieces(source: BinaryIO, binding: str) -> Iterator[bytes]:
    """Give back what was written, piece by piece; raise CannotDecrypt at one that was changed, moved or is missing."""
    head = source.read(VERSION_BYTES + SALT_BYTES)
    version = int.from_bytes(head[:VERSION_BYTES], "big")
    keys = parse_keys(settings.ENCRYPTION_KEYS)
    if version not in keys:
        raise CannotDecrypt(f"key version {version}")
    cipher = _cipher(keys[version], head[VERSION_BYTES:], binding)
    number, sealed = 0, source.read(PIECE + TAG_BYTES)
    while True:
        following = source.read(PIECE + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, None)
        except InvalidTag as error:
            raise CannotDecrypt(f"piece {number}") from error
        if not following:
            return
        number, sealed = number + 1, following
