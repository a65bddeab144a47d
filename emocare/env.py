"""Strict readers of the environment: a setting is right, or the process does not start and says which one is wrong."""

import ipaddress
import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return a variable, or the content of the file that NAME_FILE points at (for secrets); an empty one is not set."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{name}_FILE: cannot read {path}: {error}") from error
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return a yes-or-no variable."""
    value = text(name, str(default)).lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}")


def number(name: str, default: int, minimum: int = 0) -> int:
    """Return a whole number that is at least `minimum`."""
    value = text(name, str(default))
    try:
        result = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}") from error
    if result < minimum:
        raise ImproperlyConfigured(f"{name} must be at least {minimum}, not {result}")
    return result


def decimal(name: str, default: float, lowest: float, highest: float) -> float:
    """Return a number with a point, between `lowest` and `highest`."""
    value = text(name, str(default))
    try:
        result = float(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a number, not {value!r}") from error
    if not lowest <= result <= highest:
        raise ImproperlyConfigured(f"{name} must be from {lowest:g} to {highest:g}, not {value}")
    return result


def items(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without empty items."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def networks(name: str, default: str = "") -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Return a comma-separated list of addresses and networks."""
    try:
        return [ipaddress.ip_network(item) for item in items(name, default)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be addresses or networks like 10.0.0.0/8: {error}") from error


def secret(name: str, shortest: int) -> str:
    """Return a secret that is not set, or long enough not to be guessed."""
    value = text(name)
    if value and (len(value) < shortest or not value.isascii()):
        raise ImproperlyConfigured(
            f"{name} must be at least {shortest} characters of ASCII, for example from openssl rand -hex 24"
        )
    return value


def choice(name: str, choices: tuple[str, ...], default: str) -> str:
    """Return one of the allowed words."""
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}")
    return value


def require(**settings: object) -> None:
    """Refuse to start when a required setting is empty; the message names all that are missing."""
    missing = [name for name, value in settings.items() if not value]
    if missing:
        raise ImproperlyConfigured(
            "Emocare does not start in production without: " + ", ".join(missing) + ". See docs/configuration.md."
        )


def address(name: str, *schemes: str, default: str = "") -> str:
    """Return an address that begins with one of the schemes, or nothing."""
    value = text(name, default)
    if value and not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
        raise ImproperlyConfigured(f"{name} must be an address that begins with {schemes[0]}://")
    return value


def origin(name: str, url: str) -> str:
    """Return scheme and host of a web address that the variable `name` gave."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured(f"{name} is not a web address: {url!r}")
    return f"{parts.scheme}://{parts.netloc}"
