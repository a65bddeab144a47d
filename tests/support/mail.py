"""A mail server on this machine that speaks SMTP and keeps what it is given."""

from email import message_from_bytes, policy
from email.message import EmailMessage

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


@pytest.fixture
def letters(mail_server, settings) -> list[EmailMessage]:
    """The letters that arrive during this test."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mail_server.hostname, mail_server.port
    settings.EMAIL_USE_TLS = False
    mail_server.handler.received.clear()
    return mail_server.handler.received


@pytest.fixture
def no_mail_server(settings) -> None:
    """Point at a port where nothing listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = False
