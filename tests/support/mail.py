"""A mail server on this machine that speaks SMTP and keeps what it is given."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import AsyncMessage

from tests.support.ports import free_port


class Letters(AsyncMessage):
    def __init__(self):
        super().__init__()
        self.received: list[EmailMessage] = []

    def prepare_message(self, session, envelope) -> EmailMessage:
        message = message_from_bytes(envelope.content, policy=policy.default)
        message["X-To"] = ", ".join(envelope.rcpt_tos)
        return message

    async def handle_message(self, message: EmailMessage) -> None:
        self.received.append(message)


@pytest.fixture(scope="session")
def mail_server():
    """The server itself; `host`, `port` and the letters of the whole session."""
    controller = Controller(Letters(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


def through(server: Any, settings: Any) -> None:
    """Let the worker's part of letters go to this server, which has a `hostname` and a `port`."""
    settings.EMAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    settings.EMAIL_USE_TLS = False


@pytest.fixture
def outbox(mail_server, settings) -> list[EmailMessage]:
    """The letters that arrive when the worker sends what was stored; see tests/support/background.py."""
    settings.EMAIL_BACKEND = "notifications.mail.backend.Outbox"
    through(mail_server, settings)
    mail_server.handler.received.clear()
    return mail_server.handler.received


@pytest.fixture
def letters(mail_server, settings) -> list[EmailMessage]:
    """The letters that arrive during this test, each as soon as it is written: none waits for the worker."""
    through(mail_server, settings)
    settings.EMAIL_BACKEND = settings.EMAIL_TRANSPORT
    mail_server.handler.received.clear()
    return mail_server.handler.received
