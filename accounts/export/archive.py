"""The ZIP of a download: data.json for programs, index.html for people, the person's files, and a word about all of it.

Nothing is held in memory but a few rows: tables are read as streams, once for each of the two.
"""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join

from accounts.export import values
from accounts.models import User
from accounts.personal.registry import Table, tables

SCHEMA, VERSION = "emocare-export", 1
DIVIDE = "\f"  # where the tables stand in the page; nobody writes it
ROWS = 200  # read at a time
COPIED = 64 * 1024  # bytes of a file at a time


def write(target: BinaryIO, user: User) -> None:
    """Write everything of a person into `target`, which needs no way back, in their language and time zone."""
    with (
        translation.override(user.language),
        timezone.override(user.zone),
        ZipFile(target, "w", ZIP_DEFLATED) as archive,
    ):
        context = {"user": user, "at": timezone.now(), "language": user.language}
        archive.writestr("README.txt", render_to_string("accounts/export/readme.txt", context))
        _write_all(archive, "data.json", _json(user))
        _write_all(archive, "index.html", _page(user, context))
        for table in tables():
            for column in _files(table):
                _write_files(archive, table, column, user)


def _write_all(archive: ZipFile, name: str, parts: Iterator[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as entry:
        for part in parts:
            entry.write(part.encode())


def _rows(table: Table, user: User) -> QuerySet:
    keys = table.joined
    if keys is None:
        keys = [c for c in table.fields if table.model_class._meta.get_field(c).is_relation]
    return table.rows_of(user).select_related(*keys) if keys else table.rows_of(user)


def _files(table: Table) -> list[str]:
    return [column for column in table.files if column in table.fields]


# For programs


def _json(user: User) -> Iterator[str]:
    head = {"schema": SCHEMA, "version": VERSION, "made_at": timezone.now().isoformat(), "person": str(user.public_id)}
    yield json.dumps(head)[:-1] + ', "tables": {'
    for i, table in enumerate(_shown()):
        yield f"{',' if i else ''}\n{json.dumps(table.name)}: ["
        for j, row in enumerate(_rows(table, user).iterator(chunk_size=ROWS)):
            yield f"{',' if j else ''}\n  {json.dumps(_record(table, row, user), ensure_ascii=False)}"
        yield "]"
    yield "\n}}\n"


def _shown() -> Iterator[Table]:
    return (table for table in tables() if table.fields)


def _record(table: Table, row: Model, user: User) -> dict[str, Any]:
    files = _files(table)
    return {c: path_of(table, row, c) if c in files else values.raw(table, row, c, user) for c in table.fields}


# For people


def _page(user: User, context: dict[str, Any]) -> Iterator[str]:
    shown = list(_shown())
    held = {table.name: table.rows_of(user).count() for table in shown}
    full = [table for table in shown if held[table.name]]
    parts = {
        "sections": [(table.name, table.title, held[table.name]) for table in full],
        "empty": [table.title for table in shown if not held[table.name]],
        "divide": DIVIDE,
    }
    head, foot = render_to_string("accounts/export/page.html", context | parts).split(DIVIDE)
    yield head
    for table in full:
        yield from _section(table, user)
    yield foot


def _section(table: Table, user: User) -> Iterator[str]:
    columns = [column for column in table.fields if column not in table.inner]
    heads = format_html_join("", '<th scope="col">{}</th>', ((values.label(table, column),) for column in columns))
    yield format_html(
        '<section><h2 id="{0}">{1}</h2>\n<div class="scroll" tabindex="0" role="region" '
        'aria-labelledby="{0}"><table>\n<thead><tr>{2}</tr></thead>\n<tbody>\n',
        table.name,
        table.title,
        heads,
    )
    for row in _rows(table, user).iterator(chunk_size=ROWS):
        cells = format_html_join("", "<td>{}</td>", ((_cell(table, row, column, user),) for column in columns))
        yield format_html("<tr>{}</tr>\n", cells)
    yield "</tbody></table></div></section>\n"


def _cell(table: Table, row: Model, column: str, user: User) -> str:
    if column in _files(table) and (path := path_of(table, row, column)):
        return format_html('<a href="{}">{}</a>', path, PurePosixPath(path).name)
    return values.in_words(table, row, column, user)


# Files


def path_of(table: Table, row: Model, column: str) -> str | None:
    """Return where a file lies in the ZIP; None when there is none."""
    file = getattr(row, column)
    if not file or not file.storage.exists(file.name):
        return None
    return f"files/{table.name}-{row.pk}{PurePosixPath(file.name).suffix}"


def _write_files(archive: ZipFile, table: Table, column: str, user: User) -> None:
    for row in table.rows_of(user).iterator(chunk_size=ROWS):
        if path := path_of(table, row, column):
            with getattr(row, column).open("rb") as source, archive.open(path, "w") as entry:
                for part in source.chunks(COPIED):
                    entry.write(part)
