"""How a file with a test is written, for everybody who writes one and for their editor."""

import hashlib
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from tests_app.checking.form import SCHEMA


@cache
def _file() -> tuple[bytes, str]:
    content = SCHEMA.read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@login_not_required
@require_safe
@condition(etag_func=lambda request: _file()[1])
def instrument_schema(request: HttpRequest) -> HttpResponse:
    """Return the JSON Schema of an instrument; it is the same for everybody, so anybody may keep it."""
    content, _etag = _file()
    kept = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse(content, content_type="application/schema+json", headers=kept)
