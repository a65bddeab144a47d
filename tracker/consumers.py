"""Transport of the live tracker: who may listen, and the one thing that is said."""

from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from accounts.kin.access import is_waiting
from accounts.signin import sockets
from accounts.signin.services import SIGN_IN
from tracker import live


def _may_hear(sign_in: str | None) -> bool:
    user = sockets.signed_in(sign_in)
    return user is not None and not is_waiting(user)


class MoodConsumer(AsyncJsonWebsocketConsumer):
    """Tell the signed-in person's pages that there is something new to fetch; takes no messages."""

    async def connect(self) -> None:
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(code=4401)
            return
        self.sign_in = self.scope["session"].get(SIGN_IN)
        self.groups_of_person = [live.group(user), sockets.group(user)]
        for group in self.groups_of_person:
            await self.channel_layer.group_add(group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        for group in getattr(self, "groups_of_person", ()):
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: object) -> None:
        await self.close(code=4400)

    async def moods_changed(self, event: dict) -> None:
        if await self._is_still_signed_in():
            await self.send_json({"type": "moods.changed"})
        else:
            await self._stop()

    async def sign_in_ended(self, event: dict) -> None:
        """Close when it was this socket's session that ended, and let its page close too.

        granian keeps a close to itself while the application waits for the browser's next word, so the page is told.
        """
        if not await self._is_still_signed_in():
            await self.send_json({"type": "sign_in.ended"})
            await self._stop()

    async def _stop(self) -> None:
        """Close, and hear of nothing any more even if the browser keeps its end open."""
        await self.close(code=4401)
        await self.disconnect(4401)
        raise StopConsumer

    async def _is_still_signed_in(self) -> bool:
        """Look again: the sign-in may have ended on a page, by a block, or for lack of a consent."""
        return await database_sync_to_async(_may_hear)(self.sign_in)
