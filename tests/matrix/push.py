"""Devices that show that there is news."""

import uuid

from accounts.models import User
from notifications.models import PushSubscription
from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, signed_in

OWNER_ALONE = signed_in(404, owner=ON)
ROWS = {
    "push_devices": (OWN_PAGE[0], signed_in(400)),
    "push_key": OWN_PAGE,
    "stop_device": (OWN_READ_ONLY, OWNER_ALONE),
    "try_device": (OWN_READ_ONLY, OWNER_ALONE),
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Give the owner a device with this public id, in the browser in which they are signed in."""
    sign_in = owner.sign_ins.filter(ended_at=None).latest("at")
    PushSubscription.objects.create(user=owner, sign_in=sign_in, digest=public_id.bytes, public_id=public_id)
