"""Transport of a conversation: who may open its socket, what a page may ask there; frames: chat/frames.py."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from channels.consumer import AsyncConsumer
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import Error
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext_lazy as _

from accounts.helping.steps import Refused
from accounts.signin.services import SIGN_IN
from chat.choices import Wish
from chat.wire import asks, hub, limits, seats
from chat.wire.asks import Ask, Wrong
from chat.wire.lines import NOT_HERE, SIGNED_OUT, TOO_MANY, Line
from chat.wire.writer import Letter
from chat.writing.services import row
from chat.writing.words import cleaned

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
BROKEN = 1011
SLOWLY = _("You are sending very quickly. Please wait a few seconds; nothing that you wrote is lost.")
LATER = _("This does not work just now. Please try again in a moment.")
NOT_AGREED = _("The other person does not see any more what you are writing; they see what you send.")
OLD = _("This was marked already.")


class ChatConsumer(AsyncConsumer):
    """One page with an open conversation.

    It has no channel of its own in the layer, and no thread is asked at each event to close old connections to the
    database, as Channels' own consumers do: the hub serves all sockets of the process.
    """

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        self.hub = hub.here()
        self.asked: int | None = None  # after which number the page wants to know what came
        self.is_answering = False
        await receive()  # the browser wants to connect
        self.room = self.hub.room(str(scope["url_route"]["kwargs"]["public_id"]))
        self.room.users += 1
        try:
            found = await self._enter(scope)
        except BaseException:
            self._go()
            raise
        if isinstance(found, int):
            self._go()
            await send({"type": "websocket.close", "code": found})
            return
        self.seat, self.facts = found
        self.sign_in, self.language = scope["session"].get(SIGN_IN), _language(scope)
        scope["then"].append(self._talk)

    async def _talk(self, receive: Receive, send: Send) -> None:
        room, facts = self.room, self.facts
        try:
            room.open(self.seat.conversation.pk, facts)
            self.line = Line(self.seat, self.sign_in, self.language, send)
            self.line.shown = facts.last
            self.hub.join(room, self.line)
            self.hub.expect(room, facts.last)
            try:
                await self._serve(receive, send)
            finally:
                self.line.drop()
                self.hub.part(room, self.line)
        finally:
            self._go()

    def _go(self) -> None:
        self.room.users -= 1
        self.hub.leave_empty(self.room)

    async def _enter(self, scope: dict[str, Any]) -> Any:
        """Return the seat and the facts, or with which code the socket is refused."""
        user = scope["user"]
        if not user.is_authenticated:
            return SIGNED_OUT
        person = self.hub.people.get(user.pk)
        if person is not None and person.lines >= limits.MOST_SOCKETS:
            return TOO_MANY
        await self.hub.ready()
        sign_in, public_id = scope["session"].get(SIGN_IN), scope["url_route"]["kwargs"]["public_id"]
        return await database_sync_to_async(seats.take)(user, sign_in, public_id)

    async def _serve(self, receive: Receive, send: Send) -> None:
        line = self.line
        try:
            await self.hub.looks.listening()
            await send({"type": "websocket.accept"})
            line.say(self.room.greeting(line))
            while (message := await receive())["type"] == "websocket.receive":
                self._take(message.get("text"))
        except asyncio.CancelledError:
            if line.code is None:
                raise
            asyncio.current_task().uncancel()
            await line.emptied()
            await send({"type": "websocket.close", "code": line.code})

    def _take(self, text: str | None) -> None:
        person = self.hub.people[self.line.seat.person.pk]
        try:
            ask = asks.read(text)
            if not person.asks.take() or (ask.do == "send" and not person.messages.take()):
                raise Wrong("slow", SLOWLY, str(ask.id) if ask.id else None)
            self._do[ask.do](self, ask)
            self.line.slow = 0
        except Wrong as wrong:
            self.line.wrong(wrong.code, wrong.words, wrong.of)
            self.line.slow += 1
            if self.line.slow > limits.PATIENCE:
                self.line.end(TOO_MANY)

    def _send(self, ask: Ask) -> None:
        room, seat = self.room, self.line.seat
        try:
            text = cleaned(ask.text)
        except Refused as refused:
            raise Wrong("words", refused.words, str(ask.id)) from None
        if ask.reply is not None and ask.reply > room.known_to(self.line):
            raise Wrong("no_such", asks.NO_SUCH, str(ask.id))
        self.hub.writer.put(Letter(row(seat, text, ask.id, ask.reply), text, room, self.line, ask.id))

    def _since(self, ask: Ask) -> None:
        self.asked = ask.number
        if not self.is_answering:
            self.is_answering = True
            self.hub.do(self._answer())

    async def _answer(self) -> None:
        """Say what came; who asks again meanwhile gets an answer to their last question, and what they write goes on.

        All who come back after a process was killed ask at once, and their questions go through one thread.
        """
        try:
            while (number := self.asked) is not None and self.line.code is None:
                self.asked = None
                self._show(await database_sync_to_async(seats.page)(self.line.seat, number))
        except Error:
            self.line.wrong("again", LATER)
        finally:
            self.is_answering = False

    def _show(self, page: dict[str, Any] | None) -> None:
        if page is None:
            self.line.over(NOT_HERE, "ended")
        else:
            self.line.shown = max([self.line.shown, *(message["number"] for message in page["messages"][-1:])])
            self.line.tell(**page)

    def _mark(self, ask: Ask) -> None:
        room, seat = self.room, self.line.seat
        got, read = room.seen[seat.by_owner]
        if ask.number > room.known_to(self.line):
            raise Wrong("no_such", asks.NO_SUCH)
        if ask.number < (read if ask.do == "read" else got):
            raise Wrong("old", OLD)
        if room.see(seat.by_owner, ask.number, ask.number if ask.do == "read" else 0):
            self.hub.marks.note(room.pk, seat.person.pk, *room.seen[seat.by_owner])

    def _typing(self, ask: Ask) -> None:
        if self.room.agreed(Wish.TYPING):
            self.hub.say(self.room, type="typing", by_owner=self.line.seat.by_owner, on=ask.on)

    def _draft(self, ask: Ask) -> None:
        if not self.room.agreed(Wish.LIVE):
            raise Wrong("not_agreed", NOT_AGREED)
        self.hub.draft(self.room, self.line.seat.by_owner, ask.text)

    _do = {"send": _send, "since": _since, "got": _mark, "read": _mark, "typing": _typing, "draft": _draft}


def _language(scope: dict[str, Any]) -> str:
    """Return the language of the page, which its address names as `language`; else that of the person."""
    given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("language", [""])[0]
    for language in (given, scope["user"].language):
        try:
            return get_supported_language_variant(language, strict=True)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
