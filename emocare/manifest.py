"""The web app manifest: how Emocare is called and looks on the screen of a phone or a computer, in each language."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.signin import idle

# --bg and --surface of static/css/tokens.css; templates/base.html says the second one too, and its dark counterpart.
BACKGROUND, THEME = "#fbf7f1", "#ffffff"
SIZES = (192, 512)
SHORTCUTS = ("record_mood", "urgent_help", "grounding")
DAY = 24 * 3600


def manifest_in(language: str) -> dict[str, object]:
    """Return the manifest in a language; the id is the same in all of them, so that it stays one app."""
    with translation.override(language):
        words = {"record_mood": _("Record your mood"), "urgent_help": _("Urgent help")}
        words["grounding"] = _("Coming back to this moment")
        return {
            "id": "/",
            "scope": "/",
            "start_url": reverse("dashboard"),
            "name": "Emocare",
            "short_name": "Emocare",
            "description": _("Emotional support for people with disabilities and those who care for them"),
            "lang": language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "display": "standalone",
            "background_color": BACKGROUND,
            "theme_color": THEME,
            "icons": [_icon(purpose, size) for purpose in ("any", "maskable") for size in SIZES],
            "shortcuts": [{"name": words[name], "url": reverse(name)} for name in SHORTCUTS],
        }


def _icon(purpose: str, size: int) -> dict[str, str]:
    name = f"icons/app-{purpose}-{size}.png"
    return {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@idle.background
@login_not_required
@require_safe
def manifest(request: HttpRequest, language: str) -> JsonResponse:
    """Return the manifest; it is the same for everybody and may be kept anywhere."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return JsonResponse(
        manifest_in(language),
        content_type="application/manifest+json",
        headers={"Cache-Control": f"public, max-age={DAY}"},
        json_dumps_params={"ensure_ascii": False},
    )
