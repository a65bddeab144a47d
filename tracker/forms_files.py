"""The form for a file of entries: checked as a whole and cut into lines, which `csv_in` reads."""

import csv
import io
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import csv_in

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
MOST_TAKEN_BACK = 100_000  # lines
DELIMITERS = ",;\t"

csv.field_size_limit(MOST_BYTES)  # else one very long cell would end the reading of the whole file


class MoodFileForm(forms.Form):
    """A CSV file with entries, from here or from Daylio; its clean value is a `csv_in.Reading`."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("A file from Emocare or from Daylio: up to 5 MB and 20,000 lines."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "invalid": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("This file is empty."),
        },
    )

    def clean_file(self) -> csv_in.Reading:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(
                _("The file is larger than %(size)s. Please divide it into several files."),
                code="large",
                params={"size": filesizeformat(MOST_BYTES)},
            )
        text = _decoded(upload.read())
        delimiter, columns = _header(text)
        reading = csv_in.read(columns, _lines(text, delimiter))
        if not reading.rows and not reading.bad:
            raise ValidationError(_("There are no entries in this file."), code="no_entries")
        return reading


def _decoded(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" not in content:
            message = _("The letters of this file cannot be read. Please save it as CSV in UTF-8.")
            raise ValidationError(message, code="encoding") from error
        text = "\0"
    if "\0" in text:
        raise ValidationError(_("This is not a CSV file. Please choose a file that ends in .csv."), code="binary")
    if not text.strip():
        raise ValidationError(_("This file is empty."), code="empty")
    return text


def _header(text: str) -> tuple[str, list[str]]:
    """Return the delimiter and the columns, as the first line shows them."""
    line = io.StringIO(text, newline=None).readline()
    for delimiter in DELIMITERS:
        columns = [cell.strip().strip('"').lower() for cell in line.split(delimiter)]
        while not columns[-1] and len(columns) > 1:
            columns.pop()
        if csv_in.is_known(columns):
            return delimiter, columns
    message = _("We do not know the columns of this file. Please choose a CSV file from Emocare or from Daylio.")
    raise ValidationError(message, code="header")


class _Source:
    """Lines that can be taken back, so that one open quotation mark does not swallow the lines after it."""

    def __init__(self, text: str):
        self.lines = list(io.StringIO(text, newline=""))
        self.at = 0
        self.spare = MOST_TAKEN_BACK  # so a file of nothing but quotation marks is not read again and again

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        if self.at == len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]

    def take_back(self, at: int) -> None:
        if self.at - at <= self.spare:
            self.spare -= self.at - at
            self.at = at


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Give the cells of each line with its number, as table programs count; None where quotation marks are amiss."""
    source, number = _Source(text), 0
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while source.at < len(source.lines):
        number, first = number + 1, source.at
        try:
            cells = next(reader)
        except csv.Error:
            cells = None
            source.take_back(first + 1)
        if number > MOST_LINES + 1:
            message = _("The file has more than %(most)s lines. Please divide it into several files.")
            raise ValidationError(message, code="many", params={"most": MOST_LINES})
        if number > 1 and (cells is None or "".join(cells).strip()):
            yield number, cells
