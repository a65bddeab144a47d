"""Encryption of personal text: AES-256-GCM with versioned keys, each ciphertext bound to its row and column.

A stored value is `version (2 bytes, big-endian) || nonce (12 bytes) || ciphertext and tag`. The binding is additional
authenticated data, so that a value copied to another row or column does not decrypt.
"""

import base64
import binascii
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION_BYTES = 2


class CannotDecrypt(Exception):
    """The value was changed, moved to another row, or its key is gone."""


def parse_keys(value: str) -> dict[int, bytes]:
    """Read `version:base64url key` pairs, comma-separated; the highest version encrypts, all of them decrypt.

    Raises ImproperlyConfigured when a pair is malformed, a version repeats or a key is not 32 bytes long.
    """
    keys: dict[int, bytes] = {}
    for pair in filter(None, (item.strip() for item in value.split(","))):
        version, _, encoded = pair.partition(":")
        try:
            number, key = int(version), base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        except (ValueError, binascii.Error) as error:
            raise ImproperlyConfigured("ENCRYPTION_KEYS must be version:base64url pairs") from error
        if number in keys or not 0 < number < 256**VERSION_BYTES or len(key) != KEY_BYTES:
            raise ImproperlyConfigured("ENCRYPTION_KEYS: versions are unique, above 0; keys are 32 bytes")
        keys[number] = key
    return keys


@lru_cache(maxsize=4)
def _ciphers(value: str) -> dict[int, AESGCM]:
    return {version: AESGCM(key) for version, key in parse_keys(value).items()}


def encrypt(plain: str, binding: str) -> bytes:
    """Encrypt text with the newest key, bound to `binding`."""
    ciphers = _ciphers(settings.ENCRYPTION_KEYS)
    version = max(ciphers)
    nonce = os.urandom(NONCE_BYTES)
    sealed = ciphers[version].encrypt(nonce, plain.encode(), binding.encode())
    return version.to_bytes(VERSION_BYTES, "big") + nonce + sealed


def decrypt(stored: bytes, binding: str) -> str:
    """Decrypt a stored value; raise CannotDecrypt when it does not belong to `binding` or its key is unknown."""
    version = int.from_bytes(stored[:VERSION_BYTES], "big")
    nonce = stored[VERSION_BYTES : VERSION_BYTES + NONCE_BYTES]
    try:
        cipher = _ciphers(settings.ENCRYPTION_KEYS)[version]
        return cipher.decrypt(nonce, stored[VERSION_BYTES + NONCE_BYTES :], binding.encode()).decode()
    except (KeyError, InvalidTag, ValueError) as error:
        raise CannotDecrypt(f"key version {version}") from error
