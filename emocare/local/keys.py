"""The secrets of a trial: made once, and kept beside its data."""

import base64
import hashlib
import json
import os
import secrets
from pathlib import Path

from emocare.local.errors import Trouble


def load(var: Path) -> dict[str, str]:
    """Return SECRET_KEY, ENCRYPTION_KEYS and VAPID_PRIVATE_KEY of this trial."""
    path = var / "secrets.json"
    if not path.exists():
        _make(path)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        made = {"SECRET_KEY": kept["SECRET_KEY"], "ENCRYPTION_KEYS": kept["ENCRYPTION_KEYS"]}
        return made | {"VAPID_PRIVATE_KEY": _of_push(made["SECRET_KEY"])}
    except (ValueError, KeyError, TypeError) as error:
        raise Trouble(
            f"{path} is damaged, and without its keys the trial's encrypted data cannot be read. "
            f"Put a copy of it back, or delete {var} to begin anew."
        ) from error


def _of_push(secret: str) -> str:
    """Make the key of web push from the trial's secret, so that trials from before have one too."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"web push " + secret.encode()).digest()).decode().rstrip("=")


def _make(path: Path) -> None:
    made = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ENCRYPTION_KEYS": "1:" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    new = path.with_name(f"secrets.{secrets.token_hex(8)}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(made, file, indent=1)
    # A link is made whole or not at all, and of two processes that come at once the second takes what the first made.
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    finally:
        new.unlink()
