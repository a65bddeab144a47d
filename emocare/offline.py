"""The service worker: what a browser keeps of Emocare for when there is no network, and how it is shown then.

It keeps pages that are the same for everybody, never somebody's data.
"""

import hashlib
import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from accounts.signin import idle

FILES = (
    *(f"css/{name}.css" for name in ("tokens", "base", "components")),
    *(
        f"js/{name}.js"
        for name in ("main", "quick-exit", "going", "display", "send-moods", "outbox", "outbox-panel", "messages")
    ),
    *(f"js/{name}.js" for name in ("offline-page", "print", "trusted")),
    "icons/emocare.svg",
    "icons/faces.svg",
    "vendor/lucide/icons.svg",
)
OFFLINE, URGENT = "offline_mood", "urgent_help"


def _pages(name: str) -> dict[str, str]:
    """Return the address of a page in each language."""
    pages = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            pages[code] = reverse(name)
    return pages


@idle.background
@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return the script; it changes when a file that it keeps changes, and a browser then fetches them anew."""
    kept = {
        "files": [static(name) for name in FILES],
        "offline": _pages(OFFLINE),
        "urgent": _pages(URGENT),
        "usual": settings.LANGUAGE_CODE,
    }
    version = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:12]
    script = render_to_string("service_worker.js", {"kept": json.dumps({**kept, "version": version})})
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
