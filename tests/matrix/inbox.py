"""News in the inbox."""

from accounts.models import User
from notifications.models import Notification
from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, signed_in

OWN_PRESS = OWN_READ_ONLY, signed_in(ON)

ROWS = {
    "notifications": OWN_PAGE,
    # A kind of which nobody knows leads nowhere: the page says so.
    "open_notification": (signed_in(404, owner=200), OWN_READ_ONLY),
    "mark_notifications_read": OWN_PRESS,
    "delete_notification": OWN_PRESS,
    "delete_read_notifications": OWN_PRESS,
}


def name_all(public_id: object, owner: User) -> None:
    """Give the owner news with this public id."""
    Notification.objects.create(user=owner, kind="of long ago", public_id=public_id)
