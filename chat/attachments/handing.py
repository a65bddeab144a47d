"""Handing out what a message carries: it is looked at, heard or kept, and nothing in it runs here."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from chat.attachments.choices import Carried
from chat.models import Attachment
from emocare.middleware import PERMISSIONS_POLICY

POLICY = "default-src 'none'; sandbox"  # whatever a file may be
RANGE = re.compile(r"bytes=(\d{1,9})-(\d{0,9})")  # Safari plays no sound of which it does not get parts
WITH_MICROPHONE = PERMISSIONS_POLICY.replace("microphone=()", "microphone=(self)")


def handed(found: Attachment, content: bytes, asked: str = "") -> HttpResponse:
    """Return the answer with the bytes, or with the part of them that a Range header asks for."""
    response = _part(content, asked) if RANGE.fullmatch(asked) else HttpResponse(content)
    is_file = found.kind == Carried.FILE
    name = found.name if is_file else f"emocare-{found.kind}.{found.file.name.rpartition('.')[2]}"
    response.headers["Content-Type"] = found.content_type
    response.headers["Content-Disposition"] = content_disposition_header(is_file, name)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Encoding"] = "identity"  # it is packed already
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _part(content: bytes, asked: str) -> HttpResponse:
    first, last = RANGE.fullmatch(asked).groups()
    begin, end = int(first), min(int(last or len(content)) + 1, len(content))
    if begin >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    about = {"Content-Range": f"bytes {begin}-{end - 1}/{len(content)}"}
    return HttpResponse(content[begin:end], status=206, headers=about)


def with_voice(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page ask for the microphone and play sound, which no other page may."""

    @wraps(page)
    def wrapped(*given: Any, **named: Any) -> HttpResponse:
        response = page(*given, **named)
        response.headers["Permissions-Policy"] = WITH_MICROPHONE
        return response

    return csp_update({"media-src": [SELF, "blob:"]})(wrapped)
