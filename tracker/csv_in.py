"""Bringing entries from a CSV file: our own or Daylio's. A bad line is named; the good ones are kept."""

import json
import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from datetime import timezone as fixed_zone

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from emocare import sheets
from emocare.forms import PlainTextField
from tracker import access, live, services
from tracker.choices import Level, WordKind
from tracker.forms import CLOCK_SLACK, EARLIEST, JOURNAL_LENGTH, OWN_WORD_LENGTH
from tracker.models import WORDS_PER_ENTRY, MoodEntry
from tracker.prompts import PROMPTS
from tracker.words import EVERYBODYS

MOST_NAMED = 100  # bad lines, and words that were left out; the rest is only counted
AT_ONCE = 500  # rows of one INSERT
FRESH, MOST_FRESH = timedelta(days=30), 20  # notes that tell of now
OUR_COLUMNS = {"date", "time", "mood", "note"}
DAYLIO_COLUMNS = {"full_date", "time", "mood"}
FORM_KEYS = uuid.UUID("6f0c4c5e-7f0b-4a58-9a43-3f2f6b0f1c11")  # never changes: by it a line is known again

DAYLIO_MOODS = {
    1: ("awful", "ужасно", "ужасное"),
    2: ("bad", "плохо", "плохое"),
    3: ("meh", "так себе", "нормально", "средне"),
    4: ("good", "хорошо", "хорошее"),
    5: ("rad", "супер", "отлично", "великолепно", "потрясающе"),
}
# Only names that say the same as ours; "good sleep" or "family" say more, so they stay the person's own words.
DAYLIO_CAUSES = {
    "sleep": ("sleep", "sleeping", "сон"),
    "pain": ("pain", "боль"),
    "body": ("body", "тело"),
    "people": ("people", "люди"),
    "study": ("study", "studying", "school", "учёба", "учеба", "школа"),
    "work": ("work", "job", "работа"),
    "money": ("money", "finance", "finances", "деньги", "финансы"),
    "rest": ("rest", "relax", "relaxing", "отдых"),
    "news": ("news", "новости"),
    "weather": ("weather", "погода"),
}

_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DATE_OF_TABLES = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")  # as a table program saves it in kk and ru
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)
_ZONE = re.compile(r"(?:UTC|GMT|Z)?(?:([+\-−])([0-9]{1,2}):?([0-5][0-9])?)?", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|s|p|br|div|span|font|ul|ol|li|strong|em|strike|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINE_TAG = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6])>", re.IGNORECASE)
_TEXT = PlainTextField(required=False)


class BadLine(Exception):
    """A line that cannot be an entry; the text says why."""


@dataclass(frozen=True)
class OwnName:
    """A feeling or a cause in the person's own words."""

    word: str


@dataclass(frozen=True)
class Row:
    """One entry of the file. Words are codes of everybody's words, or own names."""

    felt_at: datetime
    level: int | None
    note: str
    form_key: uuid.UUID
    feelings: tuple[str | OwnName, ...] = ()
    causes: tuple[str | OwnName, ...] = ()
    prompt: str = ""
    public_id: uuid.UUID | None = None  # of the entry from which the line was made, perhaps in another account

    def words(self, kind: WordKind) -> tuple[str | OwnName, ...]:
        return self.feelings if kind == WordKind.FEELING else self.causes


@dataclass
class Reading:
    """What a file holds: entries, and the first bad lines as (number, reason) with the count of all of them."""

    rows: list[Row] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    bad_count: int = 0

    @property
    def more_bad(self) -> int:
        return self.bad_count - len(self.bad)


@dataclass(frozen=True)
class Imported:
    """How many entries were added, how many were there already, which words found no place, and the newest notes."""

    added: int
    known: int
    left_out: list[str]
    fresh: list[MoodEntry] = field(default_factory=list)

    @property
    def named(self) -> str:
        return ", ".join(self.left_out[:MOST_NAMED])

    @property
    def more_left_out(self) -> int:
        return max(len(self.left_out) - MOST_NAMED, 0)


def is_known(columns: Iterable[str]) -> bool:
    """Say whether these columns are ours or Daylio's."""
    return set(columns) >= DAYLIO_COLUMNS or set(columns) >= OUR_COLUMNS


def read(columns: list[str], records: Iterable[tuple[int, list[str] | None]]) -> Reading:
    """Read numbered records, in the active time zone where they name none; None stands for an unreadable one."""
    lines = _Lines()
    make = lines.daylio if set(columns) >= DAYLIO_COLUMNS else lines.ours
    reading = Reading()
    for number, cells in records:
        try:
            reading.rows.append(_row(cells, columns, make))
        except BadLine as error:
            reading.bad_count += 1
            if len(reading.bad) < MOST_NAMED:
                reading.bad.append((number, str(error)))
    return reading


def _row(cells: list[str] | None, columns: list[str], make: Callable[[dict[str, str]], Row]) -> Row:
    if cells is None:
        raise BadLine(_("The quotation marks in this line do not fit together."))
    found = len(cells)
    if any(cell.strip() for cell in cells[len(columns) :]) or found < len(columns):
        raise BadLine(
            _("Cells in this line: %(found)s. There should be: %(right)s.") % {"found": found, "right": len(columns)}
        )
    return make(dict(zip(columns, cells, strict=False)))


def _folded(word: str) -> str:
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


class _Lines:
    """The words and the clock by which lines of one file are read."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.moods = {word: level for level, words in DAYLIO_MOODS.items() for word in words}
        self.names: dict[WordKind, dict[str, str]] = {kind: {} for kind in WordKind}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                self.moods |= {_folded(str(level.label)): level.value for level in Level}
                for kind, words in EVERYBODYS.items():
                    self.names[kind] |= {_folded(str(label)): code for code, label in words.items()}
        synonyms = {word: code for code, words in DAYLIO_CAUSES.items() for word in words}
        self.daylio_causes = synonyms | self.names[WordKind.CAUSE]

    def ours(self, cells: dict[str, str]) -> Row:
        """Return the entry of a line that `csv_out` wrote, perhaps changed in a table program since."""
        cells = {name: sheets.as_written(cell) for name, cell in cells.items()}
        said = cells["mood"].strip()
        if said not in {"", "1", "2", "3", "4", "5"}:
            raise BadLine(_("The mood must be a number from 1 to 5."))
        level, note = int(said) if said else None, _note(cells["note"], level=said)
        naive = datetime.combine(_day(cells["date"]), _time(cells["time"]))
        feelings, causes = (self._words(cells, name, kind) for name, kind in OUR_WORDS)
        public_id = _uuid(cells.get("id", ""))
        known_by = str(public_id) if public_id else _content(naive, level, feelings, causes, note)
        return Row(
            felt_at=self._moment(naive, _zone(cells.get("zone", ""))),
            level=level,
            note=note,
            form_key=uuid.uuid5(FORM_KEYS, known_by),
            feelings=feelings,
            causes=causes,
            prompt=prompt if (prompt := cells.get("prompt", "").strip()) in PROMPTS else "",
            public_id=public_id,
        )

    def daylio(self, cells: dict[str, str]) -> Row:
        """Return the entry of a line of Daylio; its activities become causes, its title the note's first line."""
        said = _folded(cells["mood"])
        if said and said not in self.moods:
            raise BadLine(_("We do not know the mood “%(mood)s”.") % {"mood": _short(cells["mood"])})
        written = [cell for name in ("note_title", "note") if (cell := _unmarked(cells.get(name, "")).strip())]
        level, note = self.moods.get(said), _note("\n".join(written), level=said)
        naive = datetime.combine(_day(cells["full_date"]), _time(cells["time"]))
        names = [" ".join(name.split()) for name in _plain(cells.get("activities", "")).split("|")]
        causes = tuple(self.daylio_causes.get(_folded(name)) or OwnName(name) for name in names if name)
        return Row(
            felt_at=self._moment(naive, None),
            level=level,
            note=note,
            form_key=uuid.uuid5(FORM_KEYS, _content(naive, level, (), causes, note)),
            causes=causes,
        )

    def _words(self, cells: dict[str, str], name: str, kind: WordKind) -> tuple[str | OwnName, ...]:
        labels = sheets.split(_plain(cells.get(f"{name}s", "")))
        codes = sheets.split(cells.get(f"{name}_codes", ""))
        if len(codes) != len(labels):  # somebody changed the words and not the codes
            codes = [self.names[kind].get(_folded(label), "") for label in labels]
        return tuple(
            code if code in EVERYBODYS[kind] else OwnName(label) for label, code in zip(labels, codes, strict=True)
        )

    def _moment(self, naive: datetime, zone: fixed_zone | None) -> datetime:
        if naive < EARLIEST:
            raise BadLine(_("This day is before the year 2000."))
        far = self.now.replace(tzinfo=None) + timedelta(days=2)  # ahead of every zone, and before the calendar's end
        moment = timezone.make_aware(naive, zone) if naive < far else None
        if moment is None or moment > self.now + CLOCK_SLACK:
            raise BadLine(_("This moment has not come yet."))
        return min(moment, self.now)


OUR_WORDS = (("feeling", WordKind.FEELING), ("cause", WordKind.CAUSE))


def _plain(text: str) -> str:
    try:
        return _TEXT.clean(text)
    except ValidationError as error:
        raise BadLine(_("Some characters could not be read.")) from error


def _note(text: str, level: str) -> str:
    note = _plain(text)
    if len(note) > JOURNAL_LENGTH:
        raise BadLine(_("The note is longer than %(most)s characters.") % {"most": JOURNAL_LENGTH})
    if not note and not level:
        raise BadLine(_("There is neither a mood nor a note."))
    return note


def _unmarked(text: str) -> str:
    """Return a note without the few tags with which Daylio keeps bold text and lists."""
    if not _TAG.search(text):
        return text
    bare = _TAG.sub("", _LINE_TAG.sub("\n", text))
    for name, sign in (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        bare = bare.replace(name, sign)
    return bare


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:OWN_WORD_LENGTH]}…" if len(text) > OWN_WORD_LENGTH else text


def _day(text: str) -> date:
    text = text.strip()
    try:
        if found := _DATE.fullmatch(text):
            return date(*map(int, found.groups()))
        if found := _DATE_OF_TABLES.fullmatch(text):
            return date(*map(int, reversed(found.groups())))
    except ValueError:
        pass
    raise BadLine(_("The date cannot be read."))


def _time(text: str) -> time:
    found = _TIME.fullmatch(text.strip())
    if found:
        hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
        if half:
            hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise BadLine(_("The time cannot be read."))


def _zone(text: str) -> fixed_zone | None:
    """Return the offset of a cell; None, which is the person's own zone, when it is empty."""
    text = text.strip()
    if not text:
        return None
    found = _ZONE.fullmatch(text)
    offset = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0)) if found else timedelta(days=1)
    if offset >= timedelta(hours=15):
        raise BadLine(_("The time zone cannot be read."))
    return fixed_zone(-offset if found[1] in {"-", "−"} else offset)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text.strip())
    except ValueError:
        return None


def _content(naive: datetime, level: int | None, feelings: Iterable, causes: Iterable, note: str) -> str:
    words = [[word.word if isinstance(word, OwnName) else word for word in group] for group in (feelings, causes)]
    return json.dumps([naive.isoformat(), level, *words, note], ensure_ascii=False)


@transaction.atomic
def import_moods(*, owner: User, rows: Iterable[Row]) -> Imported:
    """Add those entries of a file that the person does not have yet, and their own words as far as there is room."""
    services.lock(owner)  # two uploads at once add nothing twice
    rows = list(rows)
    known = {key for keys in access.entries_of(owner).values_list("form_key", "public_id") for key in keys}
    new: dict[uuid.UUID, Row] = {}
    for row in rows:
        if row.form_key not in known and row.public_id not in known:
            new.setdefault(row.form_key, row)
    words = _Words(owner, new.values())
    entries = [
        MoodEntry(
            owner=owner,
            level=row.level,
            note=row.note,
            felt_at=row.felt_at,
            form_key=row.form_key,
            prompt=row.prompt,
            feelings=words.codes(row, WordKind.FEELING),
            causes=words.codes(row, WordKind.CAUSE),
        )
        for row in new.values()
    ]
    MoodEntry.objects.bulk_create(entries, batch_size=AT_ONCE, ignore_conflicts=True)
    if entries:
        live.changed(owner)
    return Imported(len(new), len(rows) - len(new), list(words.left_out), _fresh(entries))


def _fresh(entries: Iterable[MoodEntry]) -> list[MoodEntry]:
    """Return the newest of the entries with words that tell of these weeks: an old diary does not tell of now."""
    since = timezone.now() - FRESH
    written = [entry for entry in entries if entry.note and entry.felt_at >= since]
    return sorted(written, key=lambda entry: entry.felt_at, reverse=True)[:MOST_FRESH]


class _Words:
    """The person's own words for the names in a file, made where there is room; those used most come first."""

    def __init__(self, owner: User, rows: Iterable[Row]):
        self.left_out: dict[str, None] = {}
        self.own: dict[WordKind, dict[str, str]] = {}
        for kind in WordKind:
            count = Counter(word.word for row in rows for word in row.words(kind) if isinstance(word, OwnName))
            names = [name for name, _times in count.most_common() if len(name) <= OWN_WORD_LENGTH]
            made = services.add_own_words(owner=owner, kind=kind, words=names)
            self.own[kind] = {word.word.casefold(): word.code for word in made}

    def codes(self, row: Row, kind: WordKind) -> list[str]:
        codes: dict[str, None] = {}
        for word in row.words(kind):
            name = word.word if isinstance(word, OwnName) else word
            code = self.own[kind].get(name.casefold()) if isinstance(word, OwnName) else word
            if code and (code in codes or len(codes) < WORDS_PER_ENTRY):
                codes[code] = None
            else:
                self.left_out[_short(name)] = None
        return list(codes)
