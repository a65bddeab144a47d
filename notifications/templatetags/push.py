"""What the part about devices of a page shows, wherever it stands."""

from typing import Any

from django import template

from accounts.models import User
from accounts.signin import devices
from emocare.notices import NEWS
from notifications.kinds import for_person
from notifications.push import access, keys

register = template.Library()


@register.simple_tag(takes_context=True)
def push_part(context: dict[str, Any]) -> dict[str, Any]:
    """Return the site's public key (empty where push is off) and the person's devices."""
    request = context["request"]
    key = keys.public()
    if not key:
        return {"key": ""}
    browser, own = devices.digest_of(request), list(access.devices_of(request.user))
    for device in own:
        device.mark = bytes(device.digest).hex()  # by which its browser finds itself
        device.is_here = browser is not None and bytes(device.sign_in.browser or b"") == browser
    return {"key": key, "shared": request.user.shared_computer, "devices": own, "lines": _lines(request.user)}


def _lines(user: User) -> list[str]:
    """Return all that a device of this person can show."""
    return list(dict.fromkeys(str(kind.outside) for kind in for_person(user))) or [str(NEWS)]
