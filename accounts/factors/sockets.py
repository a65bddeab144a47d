"""No socket before the second factor, as for pages."""

from collections.abc import Callable
from typing import Any

from channels.db import database_sync_to_async
from django.contrib.auth.models import AnonymousUser
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from accounts.factors import sessions
from accounts.factors.access import Step


class VerifiedOnly:
    """Open sockets for a session that still owes a factor as for nobody: consumers then refuse with their own code."""

    def __init__(self, inner: Callable):
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Callable, send: Callable) -> None:
        if scope["user"].is_authenticated and not await _may_pass(scope):
            scope = scope | {"user": AnonymousUser()}
        await self.inner(scope, receive, send)


@database_sync_to_async
def _may_pass(scope: dict[str, Any]) -> bool:
    user, session = scope["user"], scope["session"]
    device = Device.from_persistent_id(session.get(DEVICE_ID_SESSION_KEY) or "")
    if device is not None and device.user_id == user.pk and device.confirmed:
        return True
    return sessions.step_before(user, session) == Step.NONE
