"""What every page's frame needs; never touches the database, so that the help page and the errors stand without it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language

from emocare import display


def _in_language(path: str, code: str) -> str:
    """Return an address in another language, even of no page of ours; of one without a language, the home page."""
    _nothing, language, *rest = path.split("/", 2)
    return (
        escape_uri_path("/".join(["", code, *(rest or [""])])) if language in dict(settings.LANGUAGES) else f"/{code}/"
    )


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the mark of our scripts, display settings, this page's address in each language, and the neutral page."""
    current = get_language()

    def languages() -> list[dict[str, object]]:
        return [
            {"code": code, "name": name, "current": code == current, "url": _in_language(request.path, code)}
            for code, name in settings.LANGUAGES
        ]

    return {
        "LANGUAGE_CODE": current,  # what is kept of a page is kept by language
        "nonce": getattr(request, "csp_nonce", ""),  # of this answer alone: never inside what is kept of a page
        "display": display.from_request(request),
        "display_choices": display.CHOICES,
        "languages": languages,
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "operator": settings.OPERATOR,
        "demonstration": settings.DEMONSTRATION,
    }
