"""The risk check in a process of its own, beside sockets that it would keep waiting for a millisecond a message.

`python -m chat.heeding.reading` is that process: it answers each line of its input with one line, both JSON. It knows
neither the database nor whose words they are, keeps nothing, and ends with the process that it serves.
"""

import json
import logging
import os
import sys
from contextlib import suppress
from subprocess import PIPE, Popen

from django.conf import settings

from emergency.risk import Assessment, Kind, Level, Span, assess, warm

logger = logging.getLogger(__name__)


def read(text: str) -> Assessment | None:
    """Return what the check says with the operator's caution; nothing when it failed."""
    try:
        return assess(text, caution=settings.RISK_CAUTION)
    except Exception as error:  # noqa: BLE001 -- the words are stored, and looked at again
        logger.error("The risk check failed: %s", type(error).__name__)
        return None


class Reader:
    """Reads texts one after the other, for one thread: in another process or, where none can begin, in this one."""

    def __init__(self) -> None:
        self._process: Popen[str] | None = None
        self._has_process = True

    def read(self, text: str) -> Assessment | None:
        """Return what the risk check says of a text; nothing when it failed."""
        if self._has_process:
            with suppress(OSError, ValueError):  # it ended meanwhile
                return self._ask(text)
            self.end()
            if not self._has_process:
                logger.warning("The risk check has no process of its own")
        return read(text)

    def end(self) -> None:
        """Let the other process go, and wait until it is gone; the next text begins a new one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError):
                process.communicate()

    def _ask(self, text: str) -> Assessment:
        if self._process is None:
            self._has_process = False  # until it has answered
            self._process = _begin()
        self._process.stdin.write(json.dumps([text, settings.RISK_CAUTION]) + "\n")
        self._process.stdin.flush()
        found = opened(self._process.stdout.readline())
        self._has_process = True
        return found


def _begin() -> Popen[str]:
    command = [sys.executable, "-m", "chat.heeding.reading"]
    return Popen(command, stdin=PIPE, stdout=PIPE, text=True, encoding="utf-8", cwd=settings.BASE_DIR)


def closed(found: Assessment) -> str:
    """Return what was found as a line."""
    spans = [[span.start, span.end, span.rule] for span in found.spans]
    return json.dumps([found.level.value, found.kind.value, found.confidence, spans])


def opened(line: str) -> Assessment:
    """Return what a line says."""
    level, kind, confidence, spans = json.loads(line)
    return Assessment(Level(level), Kind(kind), confidence, tuple(Span(*span) for span in spans))


def main() -> None:
    """Answer until the input ends."""
    with suppress(OSError, AttributeError):
        os.nice(5)
    warm()
    for line in sys.stdin:
        text, caution = json.loads(line)
        sys.stdout.write(closed(assess(text, caution=caution)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
