"""One letter over to the mail server, and what its answer means."""

import logging
import re
import smtplib
import ssl
import threading
import time
from dataclasses import dataclass
from typing import Any, NoReturn

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from emocare.background import TryLater

logger = logging.getLogger(__name__)
KEPT = 20  # seconds for which a thread keeps its connection for the next letter
ANSWER = 120  # seconds for the answer to a letter: whoever hangs up earlier has it sent twice
SILENT = 30  # seconds for which a server that does not answer is left alone
STATUS = re.compile(r"\b[45]\.(?P<subject>\d{1,3})\.\d{1,3}\b")
ABOUT_ADDRESS = {"0", "1", "2", "4"}  # RFC 3463: other, address, mailbox, routing; not the system, content or policy
OPERATORS_FAULT = (ssl.SSLCertVerificationError, smtplib.SMTPNotSupportedError)

_mine = threading.local()
_silent, _gate = {"until": 0.0}, threading.Lock()  # 0 while it answers


class Refused(Exception):
    """The server will never take this letter; `about_address` says whether because of where it goes."""

    def __init__(self, about_address: bool):
        super().__init__()
        self.about_address = about_address


@dataclass
class _Line:
    backend: Any
    key: tuple
    used: float


class _Bytes:
    def __init__(self, content: str):
        self.content = content.encode()

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        return self.content.replace(b"\r\n", linesep.encode())


class _Stored(EmailMessage):
    """A letter that is written already, in the form in which Django's backends take it."""

    def __init__(self, sender: str, to: str, content: str):
        super().__init__(from_email=sender, to=[to])
        self.content = content

    def message(self) -> Any:
        return _Bytes(self.content)


def post(sender: str, to: str, content: str) -> None:
    """Hand over one letter; Refused when it will never be taken, TryLater when not now."""
    begun = time.monotonic()
    try:
        line = _line()
        line.backend.send_messages([_Stored(sender, to, content)])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        _refused(code, said, unknown_is_address=True)
    except smtplib.SMTPDataError as error:
        _refused(error.smtp_code, error.smtp_error, unknown_is_address=False)
    except OSError as error:  # smtplib's errors too
        hang_up()
        silent = time.monotonic() - begun >= settings.EMAIL_TIMEOUT
        _silent["until"] = time.monotonic() + SILENT if silent else 0.0
        _not_now(error)
    except BaseException:
        hang_up()
        raise
    line.used, _silent["until"] = time.monotonic(), 0.0
    if not getattr(line.backend, "connection", None):  # nothing to be kept open: letters in files
        hang_up()


def hang_up() -> None:
    """Close this thread's connection, whatever state it is in."""
    line, _mine.line = getattr(_mine, "line", None), None
    if line:
        try:
            line.backend.close()
        except OSError:
            return


def _line() -> _Line:
    key = (settings.EMAIL_TRANSPORT, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER)
    line = getattr(_mine, "line", None)
    if line and line.key == key and 0 <= time.monotonic() - line.used < KEPT and _answers(line):
        return line
    hang_up()
    _may_ask()
    _mine.line = line = _Line(get_connection(settings.EMAIL_TRANSPORT), key, time.monotonic())
    line.backend.open()
    if connection := getattr(line.backend, "connection", None):
        connection.sock.settimeout(ANSWER)
    return line


def _may_ask() -> None:
    """Let nobody pass while the server does not answer; after a while one, who finds out for the others."""
    with _gate:
        if (now := time.monotonic()) < _silent["until"]:
            raise TryLater("the mail server does not answer")
        if _silent["until"]:
            _silent["until"] = now + ANSWER


def _answers(line: _Line) -> bool:
    try:
        return line.backend.connection.noop()[0] == 250
    except OSError:
        return False


def _refused(code: int, said: bytes | str, *, unknown_is_address: bool) -> NoReturn:
    _silent["until"] = 0.0
    if not 500 <= code < 600:
        hang_up()
        raise TryLater(f"the mail server answers {code}") from None
    status = STATUS.search(said.decode(errors="replace") if isinstance(said, bytes) else said)
    raise Refused(status["subject"] in ABOUT_ADDRESS if status else unknown_is_address) from None


def _not_now(error: OSError) -> NoReturn:
    code = getattr(error, "smtp_code", 0)
    if code >= 500 or isinstance(error, OPERATORS_FAULT):
        logger.error("The mail server does not work with us: %s %s", type(error).__name__, code)
    raise TryLater(f"{type(error).__name__} {code}") from None
