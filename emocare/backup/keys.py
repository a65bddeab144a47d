"""The keys of the copies: public ones in BACKUP_RECIPIENTS, the private one in a file that is kept off the server."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from pyrage import IdentityError, RecipientError, x25519

from emocare.backup.errors import BackupError

PRIVATE = "AGE-SECRET-KEY-"
PUBLIC = "age1"
STDIN = Path("-")


def recipients(values: Iterable[str]) -> list[x25519.Recipient]:
    """Read public keys; refuse to go on without any, or with one that is none."""
    found = []
    for number, value in enumerate(values, start=1):
        if value.upper().startswith(PRIVATE):
            raise BackupError(
                f"BACKUP_RECIPIENTS: item {number} is a private key, which must not be on the server. Put the public "
                f"key there ({PUBLIC}...), and make a new pair: whoever has seen this one can read your copies."
            )
        try:
            found.append(x25519.Recipient.from_str(value))
        except RecipientError as error:
            raise BackupError(f"BACKUP_RECIPIENTS: item {number} is not a public key of age ({PUBLIC}...).") from error
    if not found:
        raise BackupError(
            "BACKUP_RECIPIENTS is not set, and copies are never made unencrypted. Make a pair of keys with "
            "`manage.py new_backup_key FILE` or `age-keygen`, put the public key there, and keep the file elsewhere."
        )
    return found


def identities(path: Path) -> list[x25519.Identity]:
    """Read the private keys of a file as age-keygen writes it, or of the standard input when its name is `-`."""
    try:
        lines = (sys.stdin.read() if path == STDIN else path.read_text(encoding="utf-8")).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise BackupError(f"{path}: the file of the private key cannot be read: {reason}.") from error
    try:
        found = [x25519.Identity.from_str(line.strip()) for line in lines if line.strip().upper().startswith(PRIVATE)]
    except IdentityError as error:
        raise BackupError(f"{path}: a private key in it is damaged.") from error
    if not found:
        raise BackupError(f"{path} holds no private key of age ({PRIVATE}1...).")
    return found


def new_pair(path: Path) -> str:
    """Write a new private key to a file that was not there before; return its public key."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupError(f"{path} is there already, and is not overwritten: copies may need the key in it.") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from error
    with os.fdopen(file, "w", encoding="ascii") as output:
        output.write(f"# public key: {public}\n{identity}\n")
        output.flush()
        os.fsync(output.fileno())
    return public
