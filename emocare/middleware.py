"""Middleware of the frame: headers, language, time zone."""

from collections.abc import Callable
from contextlib import suppress

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language_from_path

UNUSED = """
accelerometer autoplay bluetooth browsing-topics camera display-capture encrypted-media fullscreen gamepad geolocation
gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer microphone midi otp-credentials payment
picture-in-picture screen-wake-lock serial storage-access sync-xhr usb web-share window-management xr-spatial-tracking
"""
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED.split())
# Most of them are Django's too; here they reach what Django's middleware does not: its own refusals, and static files.
HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


class HeadersMiddleware:
    """Say what a browser may do with a page, and that a signed-in person's page is kept nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies
        response.headers.setdefault("Cache-Control", "no-store, private" if signed_in else "no-cache, private")
        return response


class PolicyMiddleware(CSPMiddleware):
    """Send the content security policy, on the administrators' site the one that its pages can live with."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(reverse("admin:index")):
            parts.replace = settings.ADMIN_POLICY
        return parts


class Utf8Middleware:
    """Refuse a form whose bytes are not UTF-8: Django would read them as Latin-1 and keep what nobody wrote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "application/x-www-form-urlencoded":
            try:
                request.body.decode()
            except UnicodeDecodeError as error:
                raise BadRequest("a form that is not UTF-8") from error
        return self.get_response(request)


class LanguageMiddleware(LocaleMiddleware):
    """The address decides; without a language in it the account, then the cookie, then the browser."""

    NOBODYS = ("/healthz", "/metrics", "/sw.js", "/manifest/")  # the same for everybody, so nobody is asked who it is

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if get_language_from_path(request.path_info) or request.path_info.startswith(self.NOBODYS):
            return
        with suppress(DatabaseError):  # then the cookie and the browser have decided, and the exit stays open
            if request.user.is_authenticated:
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = translation.get_language()


class SignInMiddleware(LoginRequiredMiddleware):
    """Deny by default; unlike Django's, ask nobody on a public page who they are, so that it needs no database."""

    def process_view(self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class TimeZoneMiddleware:
    """Show times in the person's zone on the pages that need a sign-in; public pages never ask who it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            timezone.activate(request.user.zone)
