"""Documents people upload: the content decides what a file is, and pictures are drawn anew."""

import io
import re
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from accounts import images

MAX_BYTES = 10 * 1024 * 1024
LONGEST_SIDE = 3000  # px; enough to read a page
PDF_HEAD = 1024  # bytes in which a reader looks for the mark of a PDF
# What runs by itself when a reader opens the file, or hides another one.
ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
NOT_NAMES = b" \t\r\n\x00\x0c/<>[](){}%"


@dataclass(frozen=True)
class Checked:
    """A document that may be kept: its content under a name that tells nothing, and its type."""

    content: ContentFile
    content_type: str


def clean(upload: UploadedFile) -> Checked:
    """Return a PDF as it is, or a picture drawn anew as JPEG without metadata.

    Raises ValidationError when the file is larger than MAX_BYTES, is neither a PDF nor a JPEG, PNG or WebP picture
    (whatever its name says), decodes to too many pixels, or is a PDF that would start something by itself.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("The file is larger than %(size)s. Please choose a smaller one."),
            code="too_large",
            params={"size": filesizeformat(MAX_BYTES)},
        )
    head = upload.read(PDF_HEAD)
    upload.seek(0)
    return _pdf(upload.read()) if b"%PDF-" in head else _picture(upload)


def _pdf(content: bytes) -> Checked:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise ValidationError(_("This PDF is damaged. Please save it again and choose it once more."), code="damaged")
    outline = STREAM.sub(b"", content)  # what lies in a stream is data, in which any few letters may stand
    if any(_has_name(outline, name) for name in ACTIVE):
        raise ValidationError(
            _("This PDF contains scripts or other files. Please print it to a new PDF, or choose a photo of the page."),
            code="active",
        )
    return Checked(ContentFile(content, name=f"{uuid.uuid4().hex}.pdf"), "application/pdf")


def _has_name(content: bytes, name: bytes) -> bool:
    """Say whether a PDF uses a name as a whole, `/JS` but not `/JSomething`."""
    at = content.find(name)
    while at >= 0:
        after = content[at + len(name) : at + len(name) + 1]
        if not after or after in NOT_NAMES:
            return True
        at = content.find(name, at + 1)
    return False


def _picture(upload: UploadedFile) -> Checked:
    try:
        page = images.decode(upload, LONGEST_SIDE)
    except images.Unreadable as error:
        raise ValidationError(
            _("This file cannot be read. Please choose a PDF, or a photo of the document as JPEG, PNG or WebP."),
            code="unreadable",
        ) from error
    page.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = io.BytesIO()
    page.save(drawn, "JPEG", quality=85)
    return Checked(ContentFile(drawn.getvalue(), name=f"{uuid.uuid4().hex}.jpg"), "image/jpeg")
