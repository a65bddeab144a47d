"""Encryption of personal text: AES-256-GCM with versioned keys, each ciphertext bound to its row and column.

A stored value is `version (2 bytes, big-endian) || nonce (12 bytes) || ciphertext and tag`. The binding is additional
authenticated data, so that a value copied to another row or column does not decrypt.
"""

import base64
import os
import re
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PAIR = re.compile(r"(?P<version>[1-9][0-9]{0,4}):(?P<key>[A-Za-z0-9_-]{43})=?")
NONCE_BYTES = 12
VERSION_BYTES = 2


class CannotDecrypt(Exception):
    """The value was changed, moved to another row, or its key is gone."""


def parse_keys(value: str) -> dict[int, bytes]:
    """Read `version:base64url key` pairs, comma-separated; the highest version encrypts, all of them decrypt.

    Raises ImproperlyConfigured when a pair is malformed, a version repeats or there is a value but no key in it.
    """
    keys: dict[int, bytes] = {}
    for pair in filter(None, (item.strip() for item in value.split(","))):
        match = PAIR.fullmatch(pair)
        if not match:
            raise ImproperlyConfigured("ENCRYPTION_KEYS must be version:key pairs; a key is 32 bytes as base64url")
        version = int(match["version"])
        if version in keys or version >= 256**VERSION_BYTES:
            raise ImproperlyConfigured("ENCRYPTION_KEYS: each version is there once and is below 65536")
        keys[version] = base64.urlsafe_b64decode(match["key"] + "=")
    if value and not keys:
        raise ImproperlyConfigured("ENCRYPTION_KEYS holds no key")
    return keys


@lru_cache(maxsize=4)
def _ciphers(value: str) -> dict[int, AESGCM]:
    return {version: AESGCM(key) for version, key in parse_keys(value).items()}


def encrypt(plain: str, binding: str) -> bytes:
    """Encrypt text with the newest key, bound to `binding`."""
    ciphers = _ciphers(settings.ENCRYPTION_KEYS)
    if not ciphers:
        raise ImproperlyConfigured("ENCRYPTION_KEYS is not set")
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
