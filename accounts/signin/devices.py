"""Devices: what a person calls theirs, and the cookie by which one is known again."""

import hashlib
import secrets

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import KnownDevice, User
from accounts.retention.lengths import kept

COOKIE = settings.DEVICE_COOKIE_NAME
# The first that the browser's own line holds; many name the others too.
BROWSERS = {
    "YaBrowser/": "Yandex Browser",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def words(user_agent: str) -> str:
    """Return a few words for a device, such as "Chrome, Android"; nothing when it does not say what it is."""
    found = (next((name for sign, name in names.items() if sign in user_agent), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()


def named(account: str, prefix: str = "") -> Q:
    """Return the condition for the person whom a name, as typed for signing in, means."""
    return Q(**{f"{prefix}email": account}) | Q(**{f"{prefix}username": account})


def known(request: HttpRequest, account: str) -> bytes | None:
    """Return the digest of the device's cookie if this account has signed in with it before."""
    if not (token := request.COOKIES.get(COOKIE)):
        return None
    digest = _digest(token)
    since = timezone.now() - kept("devices")
    fits = KnownDevice.objects.filter(named(account, "user__"), digest=digest, seen_at__gt=since).exists()
    return digest if fits else None


def digest_of(request: HttpRequest) -> bytes | None:
    """Return the digest of the device's cookie, whoever's it is."""
    token = getattr(request, "device_token", None) or request.COOKIES.get(COOKIE)
    return _digest(token) if token else None


def is_known(request: HttpRequest, user: User) -> bool:
    """Say whether the person has signed in with this device before."""
    digest = digest_of(request)
    since = timezone.now() - kept("devices")
    return digest is not None and user.known_devices.filter(digest=digest, seen_at__gt=since).exists()


def remember(request: HttpRequest, user: User) -> None:
    """Know this device from now on; the response gets its cookie from `send_cookie`."""
    token = request.COOKIES.get(COOKIE, "")
    if not KnownDevice.objects.filter(digest=_digest(token)).exists():  # not of our making
        token = secrets.token_urlsafe(32)
    user.known_devices.update_or_create(digest=_digest(token), defaults={"seen_at": timezone.now()})
    request.device_token = token


def send_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser the cookie of a device that was remembered during this request."""
    if token := getattr(request, "device_token", None):
        response.set_cookie(
            COOKIE,
            token,
            max_age=kept("devices"),
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
        )
