"""The times as a CSV file: names of columns for programs, times in seconds, nothing about anybody."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta

from emergency.choices import Level
from emergency.numbers import access
from emocare.sheets import BOM, defused

COLUMNS = ("of", "which", "requests", "taken", "median_seconds", "p95_seconds", "worst_seconds")


def of(since: datetime) -> bytes:
    """Return the file: UTF-8 with a BOM, lines as in RFC 4180."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS, *_rows(since)])
    return (BOM + text.getvalue()).encode()


def _rows(since: datetime) -> Iterator[list[str]]:
    over_all, undone = access.over_all(since)
    yield _row("all", "", over_all)
    for row in access.by_level(since):
        yield _row("level", Level(row.key).name.lower(), row)
    for row in access.by_hour(since):
        yield _row("hour", str(row.key), row)
    yield ["undone", "", str(undone), "", "", "", ""]


def _row(of: str, which: str, row: access.Row) -> list[str]:
    cells = [of, which, str(row.requests), str(row.taken)]
    cells += [_seconds(value) for value in (row.median, row.nearly_all, row.worst)]
    return [defused(cell) for cell in cells]


def _seconds(value: timedelta | None) -> str:
    return "" if value is None else f"{value.total_seconds():.0f}"
