"""The picture of a profile: drawn anew; nothing of the original file is kept."""

import io
import uuid

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import ImageOps

from accounts import images

MAX_BYTES = 5 * 1024 * 1024
SIDE = 256  # px


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
    try:
        square = ImageOps.fit(images.decode(upload, SIDE * 2), (SIDE, SIDE))
    except images.Unreadable as error:
        raise ValidationError(
            _("This file is not a picture that can be shown. Please choose a JPEG, PNG or WebP picture."),
            code="unreadable",
        ) from error
    drawn = io.BytesIO()
    square.save(drawn, "WEBP", quality=82, exif=b"", icc_profile=None)
    return ContentFile(drawn.getvalue(), name=f"{uuid.uuid4().hex}.webp")
