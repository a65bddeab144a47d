"""Bytes encrypted at rest, each file with a key of its own.

The key stands in the file's row, encrypted as texts are: so turning the keys of the site turns these too, and a file
whose row is gone opens for nobody, wherever a copy of it lies. A sealed file is `nonce (12 bytes) || AES-256-GCM`.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from emocare.crypto import NONCE_BYTES, CannotDecrypt


def new_key() -> str:
    return base64.urlsafe_b64encode(AESGCM.generate_key(256)).decode()


def seal(content: bytes, key: str, binding: str) -> bytes:
    """Encrypt a file; `binding` says which one it is, as for texts in emocare.crypto."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(base64.urlsafe_b64decode(key)).encrypt(nonce, content, binding.encode())


def unseal(sealed: bytes, key: str, binding: str) -> bytes:
    """Return what was sealed; raise CannotDecrypt when it was changed, or is another file."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(base64.urlsafe_b64decode(key)).decrypt(nonce, rest, binding.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotDecrypt("a file of a message") from error
