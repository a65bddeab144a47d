"""Which files may be sent: the content decides what it is, pictures are drawn anew, a file that lies is refused."""

import io
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from accounts import images
from accounts.roles import documents
from chat.attachments import lengths, sniffing
from chat.attachments.choices import LONGEST_NAME, LONGEST_VOICE, MAX_BYTES, Carried

SIDE = 2000  # px, the longest
QUALITY = 82
EMPTY = _("This file is empty.")
TOO_LARGE = _("The file is larger than %(size)s. Please choose a smaller one.")
UNKNOWN = _(
    "This file cannot be sent. What can be: pictures (JPEG, PNG, WebP), PDF, text, Word (DOCX), OpenDocument (ODT) and "
    "sound."
)
OTHER_INSIDE = _("The name of this file ends in “%(ending)s”, but there is something else in it. It was not sent.")
UNREADABLE = _("This picture cannot be read. Please choose another one, or save it anew as JPEG.")
ACTIVE = _("This document contains scripts or other files. Please save it as PDF and send that.")


@dataclass(frozen=True)
class Checked:
    """Something that may be sent: its bytes, what it is, and what its sender calls it (pictures have no name)."""

    kind: Carried
    content: bytes
    content_type: str
    ending: str
    name: str = ""
    sides: tuple[int, int] | None = None  # px, of a picture
    seconds: int | None = None  # of a voice message
    waveform: str = ""  # of one, in hexadecimal bytes


def clean(upload: UploadedFile) -> Checked:
    """Return a picture drawn anew without metadata, a voice message, or a file as it is.

    Raises ValidationError when it is empty or larger than MAX_BYTES, of no kind that can be sent, damaged, when its
    name says that it is something else, or when it holds something that runs by itself.
    """
    content = read(upload, MAX_BYTES)
    found = sniffing.type_of(content)
    if found is None:
        raise ValidationError(UNKNOWN, code="unknown")
    name = plain_name(upload.name or "", found.endings[0])
    ending = name.rpartition(".")[2].lower()
    if ending not in found.endings:
        raise ValidationError(OTHER_INSIDE, code="lies", params={"ending": f".{ending}"})
    if found is sniffing.PICTURE:
        return picture(content)
    if found.is_active:
        raise ValidationError(ACTIVE, code="active")
    if found is sniffing.PDF:
        upload.seek(0)
        documents.clean(upload)
    if found in sniffing.VOICES and (seconds := lengths.seconds_of(found, content)) and seconds < LONGEST_VOICE + 1:
        length = max(1, round(seconds))
        return Checked(Carried.VOICE, content, found.content_type, found.endings[0], seconds=length)
    return Checked(Carried.FILE, content, found.content_type, found.endings[0], name)


def read(upload: UploadedFile, most: int) -> bytes:
    """Return the bytes of a file that is neither empty nor too large."""
    if not upload.size:
        raise ValidationError(EMPTY, code="empty")
    if upload.size > most:
        raise ValidationError(TOO_LARGE, code="too_large", params={"size": filesizeformat(most)})
    upload.seek(0)
    return upload.read()


def picture(content: bytes) -> Checked:
    """Return a picture as WebP of at most SIDE pixels, upright, without anything else that its file held."""
    try:
        image = images.decode(io.BytesIO(content), SIDE)
    except images.Unreadable as error:
        raise ValidationError(UNREADABLE, code="unreadable") from error
    image.thumbnail((SIDE, SIDE))
    drawn = io.BytesIO()
    image.save(drawn, "WEBP", quality=QUALITY, exif=b"", icc_profile=None)
    return Checked(Carried.PICTURE, drawn.getvalue(), "image/webp", "webp", sides=image.size)


def plain_name(given: str, ending: str) -> str:
    """Return the name of a file in characters that can be seen, as it reads from left to right, with an ending."""
    # Marks of direction are left out too: with them "exe.txt" is shown where "txt.exe" stands.
    plain = "".join(mark for mark in unicodedata.normalize("NFC", given) if mark.isprintable()).strip(". ")
    stem, dot, own = plain.rpartition(".")
    if not dot or not own:
        stem, own = plain, ending
    return f"{stem.strip()[: LONGEST_NAME - len(own) - 1] or 'file'}.{own}"
