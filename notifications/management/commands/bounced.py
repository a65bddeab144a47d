import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from notifications.mail import bounces

CHUNK = 64 * 1024


class Command(BaseCommand):
    help = "Read a mail server's report about a letter that came back from standard input; docs/operations.md."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            new = bounces.take(_read())
        except bounces.NoReport as error:
            raise CommandError(str(error), returncode=os.EX_DATAERR) from error
        except DatabaseError as error:
            raise CommandError("The database does not answer; try again.", returncode=os.EX_TEMPFAIL) from error
        self.stdout.write("The letter is marked as returned." if new else "Nothing new.")


def _read() -> bytes:
    """Return what comes in; of what is too long for a report only so much that this shows."""
    source = sys.stdin.buffer
    raw = source.read(bounces.LONGEST + 1)
    while source.read(CHUNK):  # whoever writes to us is not cut off
        pass
    return raw
