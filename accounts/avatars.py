"""Pictures people upload: checked, decoded under limits, drawn anew; nothing of the original file is kept."""

import io
import uuid

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
SIDE = 256  # px
# Not ImageOps.exif_transpose: it writes the metadata anew as well, and fails on those that a camera wrote badly.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def clean(upload: UploadedFile) -> ContentFile:
    """Return the picture as a square WebP of SIDE pixels without metadata.

    Raises ValidationError when the file is too large, is no JPEG, PNG or WebP picture, or decodes to too many pixels.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("The picture is larger than %(size)s. Please choose a smaller one."),
            code="too_large",
            params={"size": filesizeformat(MAX_BYTES)},
        )
    unreadable = ValidationError(
        _("This file is not a picture that can be shown. Please choose a JPEG, PNG or WebP picture."), code="unreadable"
    )
    try:
        with Image.open(upload, formats=FORMATS) as image:  # reads the head of the file only
            if image.width * image.height > MAX_PIXELS:
                raise unreadable
            image.draft("RGB", (SIDE * 2, SIDE * 2))
            turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
            square = ImageOps.fit(image.convert("RGB"), (SIDE, SIDE))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        MemoryError,
        Image.DecompressionBombError,
    ) as error:
        raise unreadable from error
    if turn is not None:
        square = square.transpose(turn)
    drawn = io.BytesIO()
    square.save(drawn, "WEBP", quality=82, exif=b"", icc_profile=None)
    return ContentFile(drawn.getvalue(), name=f"{uuid.uuid4().hex}.webp")
