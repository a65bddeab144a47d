"""The one write path for devices: adding one, stopping one, trying one."""

import hashlib
import json

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts import events
from accounts.choices import EventKind
from accounts.models import SignIn, User
from emocare.background import later
from notifications import tasks
from notifications.models import PushSubscription
from notifications.push import access


def digest(endpoint: str) -> bytes:
    """Return by what a device is found: its address is long, random, and stored encrypted."""
    return hashlib.sha256(endpoint.encode()).digest()


@transaction.atomic
def subscribe(*, user: User, sign_in: SignIn, endpoint: str, p256dh: str, auth: str) -> PushSubscription:
    """Let a browser show a person's news from now on; of somebody else it shows none any more.

    What the same browser had before gives way, and so does what the person signed out of, and beyond PUSH_DEVICES the
    oldest.
    """
    device, new = _store(user, sign_in, endpoint, p256dh, auth)
    if new:
        events.record(user=user, kind=EventKind.PUSH_ON)
    return device


def _store(user: User, sign_in: SignIn, endpoint: str, p256dh: str, auth: str) -> tuple[PushSubscription, bool]:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one after the other
    PushSubscription.objects.filter(digest=digest(endpoint)).exclude(user=user).delete()
    device, new = PushSubscription.objects.update_or_create(
        digest=digest(endpoint),
        defaults={
            "user": user,
            "sign_in": sign_in,
            "endpoint": endpoint,
            "keys": json.dumps({"p256dh": p256dh, "auth": auth}),
            "made_at": timezone.now(),
            "failing_since": None,
        },
    )
    if sign_in.browser:  # which has one address at a time
        same = user.push_subscriptions.filter(sign_in__browser=sign_in.browser)
        same.exclude(pk=device.pk).delete()
    kept = list(access.devices_of(user).values_list("pk", flat=True)[: settings.PUSH_DEVICES])
    user.push_subscriptions.exclude(pk__in=kept).delete()
    return device, new


@transaction.atomic
def follow(*, user: User, sign_in: SignIn, replaces: str, endpoint: str, p256dh: str, auth: str) -> bool:
    """Follow a browser to the new address that its push service gave it; False for one that was never added."""
    old = access.devices_of(user).filter(digest=digest(replaces)).first()
    if old is None:
        return False
    device, _new = _store(user, sign_in, endpoint, p256dh, auth)
    if device.pk != old.pk:
        PushSubscription.objects.filter(pk=device.pk).update(made_at=old.made_at)
        old.delete()
    return True


@transaction.atomic
def stop(*, device: PushSubscription) -> None:
    """Show nothing on a device any more; what is on its way there goes with it."""
    events.record(user=device.user, kind=EventKind.PUSH_OFF)
    device.delete()


def try_out(*, device: PushSubscription) -> None:
    """Send a trial message to a device."""
    later(tasks.try_device, device=device.pk)
