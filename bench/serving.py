"""Which way of serving answers the dashboard of a signed-in person most often per second, on this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from bench import load, report
from emocare.local import environment

PATH = "/kk/dashboard/"
ASGI, WSGI = "emocare.asgi:application", "emocare.wsgi:application"


def _granian(interface: str, application: str, *more: str) -> list[str]:
    where = ["--host", "127.0.0.1", "--port", "{port}", "--workers", "2"]
    return ["granian", "--interface", interface, *where, *more, application]


SERVERS = {
    "gunicorn sync 2": ["gunicorn", WSGI, "-w", "2", "-b", "127.0.0.1:{port}"],
    "gunicorn threads 2x4": ["gunicorn", WSGI, "-w", "2", "--threads", "4", "-b", "127.0.0.1:{port}"],
    "granian wsgi 2": _granian("wsgi", WSGI),
    "granian wsgi 2x4": _granian("wsgi", WSGI, "--blocking-threads", "4"),
    "granian asgi 2": _granian("asgi", ASGI),
    "uvicorn asgi 2": ["uvicorn", ASGI, "--workers", "2", "--port", "{port}", "--log-level", "warning"],
}


@contextmanager
def running(command: list[str], port: int):
    process = subprocess.Popen(
        [sys.executable, "-m", *(part.format(port=port) for part in command)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 30
        while not _healthy(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} does not answer")
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:  # our own server # nosec B310
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _signed_in() -> str:
    """Return the cookie of a session of the demonstration user."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from accounts.demo import SIGN_INS
    from accounts.factors.sessions import NONE_AT_SIGN_IN
    from accounts.models import User

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("demo_data")
    user = User.objects.get(email=SIGN_INS[0][0])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[NONE_AT_SIGN_IN] = True
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def run() -> None:
    """Measure every server of SERVERS one after the other."""
    environment.activate()
    cookie = _signed_in()
    values = {}
    for name, command in SERVERS.items():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with running(command, port):
            values[name] = load.rate(port, PATH, cookie)
    report.publish("serving", "answers per second", "gunicorn sync 2", values)
