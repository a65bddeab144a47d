"""Who is there in the benchmark of urgent help: psychologists on duty, and people who are going to ask."""

import uuid
from datetime import timedelta
from importlib import import_module
from typing import Any

from bench import people


def make(count: int, **fields: Any) -> list[tuple[Any, str]]:
    """Make people who are signed in, with the cookies of their browsers; those who must have one showed a factor."""
    from accounts.models import User

    made = []
    for key in _new(count):
        User.objects.filter(pk=key).update(**fields)
        user = User.objects.get(pk=key)
        made.append((user, _cookie(user)))
    return made


def _new(count: int) -> list[int]:
    from accounts.models import User

    keys = people.make_people(count)
    for key in keys:  # so that more can be made
        User.objects.filter(pk=key).update(email=f"{uuid.uuid4().hex}@bench.invalid")
    return keys


def _cookie(user: Any) -> str:
    from django.conf import settings
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from accounts.factors.access import must_have
    from accounts.factors.sessions import NONE_AT_SIGN_IN
    from accounts.signin.services import SIGN_IN

    cookie = people.cookie_of(user.pk)
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookie.split(";")[0].partition("=")[2])
    sign_in = user.sign_ins.create(way="password", device="Firefox", session=user.public_id.bytes)
    session[SIGN_IN] = str(sign_in.public_id)
    if must_have(user):
        session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.create(user=user, name="App").persistent_id
        del session[NONE_AT_SIGN_IN]
    session.save()
    return cookie


def on_duty(count: int) -> list[tuple[Any, str]]:
    """Make psychologists who are on duty for the next hours."""
    from django.utils import timezone

    from accounts.choices import Role
    from emergency.models import Shift

    begin = timezone.now() - timedelta(minutes=1)
    made = make(count, role=Role.PSYCHOLOGIST)
    Shift.objects.bulk_create(
        Shift(psychologist=user, starts_at=begin, ends_at=begin + timedelta(hours=8)) for user, _cookie in made
    )
    return made
