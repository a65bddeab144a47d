"""Who may see and change which devices: everybody their own. And which devices are still their person's."""

import uuid

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import SignIn, User
from accounts.signin.services import SIGN_IN
from notifications.models import PushSubscription
from notifications.push import keys


def require_push() -> None:
    """Let nobody pass where the operator has not set up web push."""
    if not keys.is_on():
        raise Http404


def devices_of(user: User) -> QuerySet[PushSubscription]:
    """Return a person's devices that show them news, the newest first.

    None on which they signed out since, or somebody else signed in; being signed out by time alone changes nothing.
    """
    theirs = user.push_subscriptions.filter(sign_in__in=SignIn.objects.still_theirs())
    return theirs.select_related("sign_in").order_by("-made_at", "-pk")


def is_theirs(device: PushSubscription) -> bool:
    """Say whether a device still shows news to its person."""
    return device.user.is_active and devices_of(device.user).filter(pk=device.pk).exists()


def get_device_for(user: User, public_id: uuid.UUID) -> PushSubscription:
    """Return one of the person's devices, or 404."""
    return get_object_or_404(devices_of(user), public_id=public_id)


def sign_in_of(user: User, session: SessionBase) -> SignIn | None:
    """Return the sign-in of this session, if it is one of a browser that nobody else uses."""
    return user.sign_ins.filter(public_id=session.get(SIGN_IN), ended_at=None, shared=False).first()
