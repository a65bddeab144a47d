"""Pictures people upload: decoded under limits, upright, without anything else that the file holds."""

import warnings

from django.core.files.uploadedfile import UploadedFile
from PIL import ExifTags, Image, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
# Pillow itself warns of one size and refuses another; both are too large here, and a warning is no answer to anybody.
warnings.simplefilter("error", Image.DecompressionBombWarning)
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


class Unreadable(Exception):
    """The file is no picture that can be shown, or decodes to too many pixels."""


def decode(upload: UploadedFile, side: int) -> Image.Image:
    """Return the picture upright in RGB; a large JPEG at a scale that leaves its sides at least `side` px long.

    Raises Unreadable.
    """
    try:
        with Image.open(upload, formats=FORMATS) as image:  # reads the head of the file only
            if image.width * image.height > MAX_PIXELS:
                raise Unreadable
            image.draft("RGB", (side, side))
            turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
            plain = image.convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        MemoryError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise Unreadable from error
    return plain if turn is None else plain.transpose(turn)
