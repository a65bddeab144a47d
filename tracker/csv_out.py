"""A person's entries as a CSV file of their own: for a table program, for another service, or to bring back."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from datetime import tzinfo
from itertools import islice

from asgiref.sync import sync_to_async
from django.utils import timezone

from accounts.models import User
from emocare.sheets import BOM, defused, joined, zone_of
from tracker import access
from tracker.choices import Level
from tracker.models import MoodEntry
from tracker.words import EVERYBODYS, Vocabulary

COLUMNS = (
    "date",
    "time",
    "zone",
    "mood",
    "mood_word",
    "feelings",
    "feeling_codes",
    "causes",
    "cause_codes",
    "note",
    "prompt",
    "id",
)
OWN = "own"  # stands among the codes for a word of the person's own
AT_ONCE = 500  # entries


class _Sheet:
    """Rows of entries in the language and the time zone in which the file was asked for."""

    def __init__(self, owner: User, zone: tzinfo):
        self.zone = zone
        # Read now: while the file is sent, the language and the time zone of the request are over.
        self.levels = {level.value: str(level.label) for level in Level}
        self.words = {code: (str(label), code) for words in EVERYBODYS.values() for code, label in words.items()}
        self.words |= {word.code: (word.word, OWN) for word in Vocabulary(owner).own}

    def row(self, entry: MoodEntry) -> list[str]:
        moment = entry.felt_at.astimezone(self.zone)
        cells = [f"{moment:%Y-%m-%d}", f"{moment:%H:%M}", zone_of(moment)]
        cells += [str(entry.level or ""), self.levels.get(entry.level, "")]
        for codes in (entry.feelings, entry.causes):
            known = [self.words[code] for code in codes if code in self.words]
            cells += [joined([label for label, _code in known]), joined([code for _label, code in known])]
        cells += [entry.note, entry.prompt, str(entry.public_id)]
        return [defused(cell) for cell in cells]


def export(owner: User) -> Iterator[bytes]:
    """Return the parts of the file, oldest entry first: UTF-8 with a BOM, lines as in RFC 4180."""
    sheet = _Sheet(owner, timezone.get_current_timezone())
    entries = access.entries_of(owner).reverse().iterator(chunk_size=AT_ONCE)
    return _parts(sheet, entries)


def _parts(sheet: _Sheet, entries: Iterator[MoodEntry]) -> Iterator[bytes]:
    rows: list[list[str]] = [list(COLUMNS)]
    begin = BOM
    while rows:
        part = io.StringIO(newline="")
        csv.writer(part).writerows(rows)
        yield (begin + part.getvalue()).encode()
        begin, rows = "", [sheet.row(entry) for entry in islice(entries, AT_ONCE)]


async def awaited(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Give out the same parts where the server is asynchronous, without holding all of them at once."""
    step = sync_to_async(next)
    while (part := await step(parts, None)) is not None:
        yield part
