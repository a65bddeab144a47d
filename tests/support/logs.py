"""What is logged while the tests run: none of it may hold what the cast told, typed or is called."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from emocare.logs import Json
from tests.support.cast import PASSWORD

OURS = ("accounts", "tracker", "tests_app", "emergency", "notifications", "emocare")
# Addresses, passwords and names of the cast; words that stand in notes wherever a test writes a secret one.
PERSONAL = re.compile(
    rf"@example\.kz|@demo\.emocare\.kz|{PASSWORD}|Emocare-demo-2026|dala jeli"
    r"|құпия|секрет|secret[-_ ](?:note|word|maker|comment)|Сәуле|Әсем|Әсел|Әпке|бөтен|өзен",
    re.IGNORECASE,
)


def personal(text: str) -> list[str]:
    """Return the lines that hold something of the cast."""
    return [line for line in text.splitlines() if PERSONAL.search(line)]


class Collector(logging.Handler):
    """Keeps the lines as the site's own log would hold them, in both forms, of our code down to the details."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.objects: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))
        self.objects.append(Json().format(record))

    def take(self) -> str:
        """Return the lines since the last time."""
        text, self.lines, self.objects = "\n".join(self.lines), [], []
        return text

    def take_objects(self) -> list[dict]:
        """Return the same as a machine would get it."""
        found = [json.loads(line) for line in self.objects]
        self.take()
        return found


@pytest.fixture(scope="session")
def collector() -> Iterator[Collector]:
    handler = Collector()
    handler.setFormatter(next(h.formatter for h in logging.getLogger().handlers if h.name == "console"))
    logging.getLogger().addHandler(handler)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logs = Path(settings.VAR) / "logs"  # PostgreSQL's and Valkey's, which go on from run to run
    before = {log: log.stat().st_size for log in logs.glob("*.log")}
    yield handler
    logging.getLogger().removeHandler(handler)
    for log in logs.glob("*.log"):
        written = log.read_bytes()[before.get(log, 0) :].decode(errors="replace")
        assert personal(written) == [], f"{log} holds what people told"


@pytest.fixture(autouse=True)
def _nothing_personal_is_logged(collector: Collector) -> Iterator[None]:
    collector.take()
    yield
    assert personal("\n".join(collector.objects)) == [], "the log for machines holds what people told"
    assert personal(collector.take()) == [], "the log holds what people told"
