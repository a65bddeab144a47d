"""Whose request it is: of the account that asked, or of the browser in which somebody without one asked."""

import uuid

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.factors import sessions
from accounts.factors.access import Step
from accounts.models import User
from emergency.access import request_of
from emergency.choices import GOES_ON
from emergency.models import HelpRequest

STAYS = 48 * 3600  # seconds for which a browser without an account has its request; afterwards the code opens it
KEY = "urgent_request"  # in the session: public id, a mark, who was signed in, and until it was shown the code


def asker(request: HttpRequest) -> User | None:
    """Return who is signed in; nobody while a second factor is missing, and then they ask without their name."""
    user = request.user
    if not user.is_authenticated:
        return None
    if user.is_verified() or sessions.step_before(user, request.session) == Step.NONE:
        return user
    return None


def get_own_request(request: HttpRequest, public_id: uuid.UUID) -> HelpRequest:
    """Return a request of one's own, by the account or by this browser's session (404 for everybody else)."""
    found = HelpRequest.objects.select_related("user").filter(public_id=public_id).first()
    if found and (_is_of(found, asker(request)) or is_in(request.session, found)):
        return found
    raise Http404


def going_on(request: HttpRequest) -> HelpRequest | None:
    """Return the request of this person that goes on, if there is one."""
    user = asker(request)
    if user and (own := request_of(user)):
        return own
    held = request.session.get(KEY)
    if not held:
        return None
    found = HelpRequest.objects.filter(public_id=held["id"], state__in=GOES_ON).first()
    return found if found and is_in(request.session, found) else None


# The session of somebody without an account


def hold(session: SessionBase, request: HelpRequest, code: str = "") -> None:
    """Let this browser be the one of the request; a code is shown once, on its next page."""
    by = session.get(SESSION_KEY, "")  # who is signed in, but asks without their name
    session[KEY] = {"id": str(request.public_id), "mark": _marks(request)[0], "code": code, "by": by}


def let_end(request: HttpRequest) -> None:
    """Let the session of somebody without an account end after two days; that of an account has its own time."""
    if not request.user.is_authenticated:
        request.session.set_expiry(STAYS)


def is_in(session: SessionBase, request: HelpRequest) -> bool:
    """Say whether this browser is the one of the request; with a new code, others are it no more.

    Nor is it when somebody else has signed in since.
    """
    held = session.get(KEY)
    if not held or request.user_id is not None or held["id"] != str(request.public_id):
        return False
    if held["by"] != session.get(SESSION_KEY, ""):
        return False
    return any(constant_time_compare(held["mark"], mark) for mark in _marks(request))


def is_of_browser(session: SessionBase, public_id: uuid.UUID) -> bool:
    """Say whether this browser has the request of this id."""
    found = HelpRequest.objects.filter(public_id=public_id, user=None).first() if session.get(KEY) else None
    return found is not None and is_in(session, found)


def code_to_show(session: SessionBase, request: HelpRequest) -> str:
    """Return the code when it was not shown yet, and forget it."""
    held = session.get(KEY)
    if not held or held["id"] != str(request.public_id) or not held["code"]:
        return ""
    session[KEY] = held | {"code": ""}
    return held["code"]


def _marks(request: HelpRequest) -> list[str]:
    value = f"{request.pk}:{request.code}"
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [salted_hmac("emergency.requests.mark", value, secret=s, algorithm="sha256").hexdigest() for s in secrets]


def _is_of(request: HelpRequest, user: User | None) -> bool:
    return user is not None and request.user_id == user.pk
