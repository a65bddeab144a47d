"""The service worker: what a browser keeps of Emocare for when there is no network, and how it is shown then.

It keeps pages that are the same for everybody, never somebody's data: docs/decisions/0029-offline.md.
"""

import hashlib
import json
import re
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import resolve, reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from accounts.signin import idle

STYLES = ("tokens", "base", "components")
# All that main.js loads for the pages below, and what those modules import.
SCRIPTS = ("main", "quick-exit", "going", "offline-pages", "trusted", "offline-page", "send-moods", "outbox")
SCRIPTS += ("outbox-panel", "heeded", "messages", "keep-focus", "breathing", "print")
PICTURES = ("icons/emocare.svg", "icons/faces.svg", "vendor/lucide/icons.svg")
FILES = (*(f"css/{name}.css" for name in STYLES), *(f"js/{name}.js" for name in SCRIPTS), *PICTURES)
OFFLINE = "offline_mood"  # stands in for every page that is not kept
PAGES = (OFFLINE, "urgent_help", "grounding")
ONCE = re.compile(r'value="[^"]*"')  # keys and tokens of forms, other ones each time


def _addresses(name: str) -> dict[str, str]:
    """Return the address of a page in each language."""
    addresses = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            addresses[code] = reverse(name)
    return addresses


def _words(address: str, language: str) -> str:
    """Return a page as somebody sees it who was never here; nobody is asked who that is."""
    request = HttpRequest()
    request.method, request.path, request.user = "GET", address, AnonymousUser()
    with translation.override(language):
        return ONCE.sub("", resolve(address).func(request).content.decode())


@cache
def script() -> str:
    """Return the worker. Its version is another one whenever a file, a word of a page or the worker itself is."""
    pages = {name: _addresses(name) for name in PAGES}
    kept = {
        "files": [static(name) for name in FILES],
        "pages": [address for addresses in pages.values() for address in addresses.values()],
        "offline": pages[OFFLINE],
        "usual": settings.LANGUAGE_CODE,
    }
    body = render_to_string("service_worker.js", {"kept": json.dumps(kept)})
    words = [_words(address, code) for addresses in pages.values() for code, address in addresses.items()]
    version = hashlib.sha256("".join([body, *words]).encode()).hexdigest()[:12]
    return f'const VERSION = "{version}";\n{body}'


@idle.background
@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return the script; a browser asks for it at every visit, and fetches all that it keeps anew when it changed."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(script(), content_type="text/javascript; charset=utf-8", headers=headers)
