"""How a person wants pages: text size, spacing, font, theme, images, motion; and in which language.

Kept in a cookie, so that it works before sign-in and without the database, and in the account, so that it follows the
person to another device. Unknown or broken values fall back to the default.
"""

from dataclasses import asdict, dataclass, fields
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

COOKIE = "emocare_display"
COOKIE_SECONDS = 365 * 24 * 3600

CHOICES: dict[str, list[tuple[str, object]]] = {
    "theme": [
        ("system", _("As on my device")),
        ("light", _("Light")),
        ("dark", _("Dark")),
        ("black-on-white", _("Black on white")),
        ("white-on-black", _("White on black")),
        ("yellow-on-black", _("Yellow on black")),
        ("blue", _("Blue")),
        ("brown", _("Brown on beige")),
    ],
    "text": [(size, f"{size} %") for size in ("100", "125", "150", "175", "200", "250", "300")],
    "line": [("normal", _("Normal")), ("wide", _("Wide")), ("widest", _("Widest"))],
    "letter": [("normal", _("Normal")), ("wide", _("Wide")), ("widest", _("Widest"))],
    "font": [("golos", _("Golos, the usual one")), ("system", _("Font of my device")), ("dyslexic", "OpenDyslexic")],
    "images": [("on", _("Show")), ("off", _("Hide"))],
    "motion": [("full", _("As usual")), ("less", _("Less motion"))],
}


@dataclass(frozen=True)
class Display:
    """One choice for each of CHOICES."""

    theme: str = "system"
    text: str = "100"
    line: str = "normal"
    letter: str = "normal"
    font: str = "golos"
    images: str = "on"
    motion: str = "full"

    @classmethod
    def of(cls, values: dict[str, str]) -> "Display":
        """Build from untrusted values; what is not one of the choices is the default."""
        allowed = {name: [value for value, _label in choices] for name, choices in CHOICES.items()}
        return cls(**{name: values[name] for name in allowed if values.get(name) in allowed[name]})

    def changes(self) -> dict[str, str]:
        """Return only what differs from the default."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) != f.default}

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    @cached_property
    def attributes(self) -> SafeString:
        """Return the choices as data attributes of the page; they are our own words."""
        return format_html_join(" ", 'data-{}="{}"', self.as_dict().items())


def from_request(request: HttpRequest) -> Display:
    """Return what this browser's cookie says."""
    return _read(request.COOKIES.get(COOKIE, "")[:500])


@lru_cache(maxsize=1024)
def _read(cookie: str) -> Display:
    return Display.of(dict(parse_qsl(cookie)))


def remember(response: HttpResponse, display: Display, *, secure: bool) -> None:
    """Keep the choice in this browser."""
    response.set_cookie(
        COOKIE,
        urlencode(display.changes()),
        max_age=COOKIE_SECONDS,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE or secure,
    )


def remember_language(response: HttpResponse, language: str, *, secure: bool) -> None:
    """Keep the language in this browser, for pages without one in their address."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE or secure,
    )
