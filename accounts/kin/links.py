"""Codes of links: eighty random bits in sixteen letters that can also be read out and typed; only a digest is kept."""

import base64
import hashlib
import secrets

CODE_BYTES = 10
GROUP = 4
LOOKALIKES = str.maketrans("018", "OIB")  # base32 has none of them


def new_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))


def digest(purpose: str, code: str) -> bytes:
    """Return what is kept of a code; letter case and dashes make no difference."""
    letters = "".join(c for c in code.upper().translate(LOOKALIKES) if c.isalnum())
    return hashlib.sha256(f"{purpose}:{letters}".encode()).digest()
