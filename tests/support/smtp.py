"""A mail server on this machine that answers as a test wants it to."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller

from tests.support.mail import Letters, through
from tests.support.ports import free_port


class Difficult(Letters):
    """Takes letters, but gives first the answers that it was told to give; `before` happens during DATA.

    While it is `silent` it takes a letter and never says whether.
    """

    def __init__(self):
        super().__init__()
        self.to_sender: list[str] = []
        self.to_recipient: list[str] = []
        self.to_data: list[str] = []
        self.before: Callable[[], None] | None = None
        self.silent = False
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        if self.to_sender:
            return self.to_sender.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.to_data:
            return self.to_data.pop(0)
        if self.before:
            self.before()
        if self.silent:
            await asyncio.Event().wait()
        return await super().handle_DATA(server, session, envelope)


class Server:
    """The server itself: it can go, and come back at the same place."""

    def __init__(self):
        self.hostname, self.port, self.handler = "127.0.0.1", free_port(), Difficult()
        self.start()

    def start(self) -> None:
        self.controller = Controller(self.handler, hostname=self.hostname, port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller.server:
            self.controller.stop()


@pytest.fixture
def difficult_server(settings) -> Iterator[Server]:
    """Such a server; letters handed in wait for the worker, which sends them there."""
    server = Server()
    settings.EMAIL_BACKEND = "notifications.mail.backend.Outbox"
    through(server, settings)
    yield server
    server.stop()
