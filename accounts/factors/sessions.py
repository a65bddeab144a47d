"""What a session knows of second factors."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication  # no public way to add a record
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.http import HttpRequest
from django_otp import login as otp_login
from django_otp.models import Device

from accounts.factors import access
from accounts.factors.access import Step
from accounts.models import User

NONE_AT_SIGN_IN = "no_second_factor"


def note_sign_in(request: HttpRequest, user: User) -> None:
    """Remember that there is no factor to ask for, so that no page has to look; nothing remembered means: look."""
    if access.has_any(user):
        request.session.pop(NONE_AT_SIGN_IN, None)
    else:
        request.session[NONE_AT_SIGN_IN] = True


def step_before(user: User, session: Any, *, look: bool = False) -> Step:
    """Return what the person of an unverified session has to do first; `look` also for factors added since."""
    return access.step_before(user, none_at_sign_in=not look and bool(session.get(NONE_AT_SIGN_IN)))


def mark_verified(request: HttpRequest, device: Device) -> None:
    """Let this session count as verified, and as just confirmed for what asks for the password again."""
    request.session.cycle_key()
    if not request.user.is_verified():
        otp_login(request, device)
    request.session.pop(NONE_AT_SIGN_IN, None)
    record_step(request, request.user)


def record_step(request: HttpRequest, user: User) -> None:
    """Write down in the session that a second factor was shown now."""
    record_authentication(request, user, method="second-factor", reauthenticated=True)


def confirmed_just_now(request: HttpRequest) -> bool:
    """Say whether the person showed a password or a factor within the last minutes."""
    if did_recently_reauthenticate(request):
        return True
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
