"""Serve Emocare from this checkout: `make run`. PORT and HOST say where."""

import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emocare.local import environment, paths, ports, processes
from emocare.local.errors import Trouble, explained, tail
from emocare.local.locks import Lock
from emocare.local.server import EVERYWHERE, Server, address
from emocare.local.services import Use
from emocare.local.waiting import until
from emocare.local.worker import Worker

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    """Run until Ctrl-C."""
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    with explained():
        try:
            serve(os.environ.get("HOST") or "127.0.0.1", _port(os.environ.get("PORT") or "8000"))
        except KeyboardInterrupt:
            print("\nEmocare has stopped.")


def _interrupt(*_: object) -> None:
    # A second Ctrl-C must not break off the stopping, each step of which has its deadline.
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 65535:
        raise Trouble(f"PORT must be a number from 1 to 65535, not {text!r}. For example: make run PORT=8001")
    return int(text)


def serve(host: str, port: int) -> None:
    """Start all that is missing, say where it is, and stay until something ends."""
    if os.environ.get("EMOCARE_MODE", "development") != "development":
        raise Trouble(
            "make run is the trial, with demonstration accounts. docs/operations.md says how to run for real."
        )
    var = paths.make(paths.var())
    logs = paths.make(var, "logs")
    server, worker = Server(host, port, logs / "web.log"), Worker(logs / "worker.log")
    with _alone(paths.make(var, "run"), server):
        _require_port(host, port)
        with environment.prepared("trial") as (values, uses):
            values |= {use.variable: use.address() for use in uses} | _hosts(host) | _links(server)
            try:
                shown = _prepare(values, logs / "prepare.log")
                worker.start(values)
                server.start(values)
                _tell(server, shown, var)
                _watch(server, worker, uses)
            finally:
                server.stop()
                worker.stop()


@contextmanager
def _alone(folder: Path, server: Server) -> Iterator[None]:
    """Refuse a second run in this checkout."""
    lock, record = Lock(folder / "server.lock"), folder / "server.json"
    if not lock.take():
        raise Trouble(_already(_read(record), folder.parent))
    try:
        paths.write(record, json.dumps({"pid": os.getpid(), "url": server.url}))
        yield
        record.unlink(missing_ok=True)
    finally:
        lock.free()


def _read(record: Path) -> dict:
    try:
        return json.loads(record.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def _already(known: dict, var: Path) -> str:
    pid = known.get("pid", "?")
    return (
        f"it already runs from this folder, at {known.get('url', 'an address not known yet')} (process {pid}).\n"
        f"  To stop that one:      Ctrl-C in its terminal, or: kill {pid}\n"
        f"  To run another beside: make run PORT=8001 EMOCARE_VAR={var}-2"
    )


def _require_port(host: str, port: int) -> None:
    try:
        # The web server of a killed run may take a moment to end.
        until(lambda: not ports.is_taken(ports.refusal(host, port)), 2)
        refusal = ports.refusal(host, port)
    except socket.gaierror:
        raise Trouble(f"HOST must be an address of this machine, not {host!r}. For example: HOST=0.0.0.0") from None
    if isinstance(refusal, PermissionError):
        raise Trouble(f"port {port} is for root only. Choose one from 1024 on: make run PORT=8001")
    if ports.is_taken(refusal):
        free = next((number for number in range(port + 1, 65536) if ports.refusal(host, number) is None), 8001)
        raise Trouble(f"port {port} is in use by another program. Choose another one: make run PORT={free}")
    if refusal:
        raise Trouble(f"cannot listen at {host}: {refusal.strerror}. HOST must be an address of this machine.")


def _hosts(host: str) -> dict[str, str]:
    """Let the machine's own addresses and names in when it listens beyond itself."""
    if environment.is_set("ALLOWED_HOSTS") or host in ("127.0.0.1", "::1", "localhost"):
        return {}
    name = socket.gethostname()
    own = ports.own_addresses() if host in EVERYWHERE else [host]
    return {"ALLOWED_HOSTS": ",".join(["localhost", "127.0.0.1", "[::1]", name, f"{name}.local", *own])}


def _links(server: Server) -> dict[str, str]:
    """Let the links of letters lead here."""
    return {} if environment.is_set("SITE_URL") else {"SITE_URL": server.url}


def _prepare(values: dict[str, str], log: Path) -> dict:
    log.unlink(missing_ok=True)
    with log.open("wb") as output:
        process = processes.start(
            [sys.executable, "-m", "emocare.local.prepare", "trial"],
            log=output,
            folder=paths.ROOT,
            environment=os.environ | values,
            at_our_end=signal.SIGTERM,
        )
    try:
        process.wait()
    finally:
        processes.stop(process, signal.SIGTERM, 5)
    if process.returncode:
        raise Trouble(f"the database or the files could not be brought up to date:{tail(log, lines=40)}")
    return json.loads(log.read_text(encoding="utf-8").splitlines()[-1])


def _tell(server: Server, shown: dict, var: Path) -> None:
    print(f"\nEmocare is at {server.url}")
    if server.host in EVERYWHERE:
        print("In this network:", *(address(own, server.port) for own in ports.own_addresses()))
    print(f"\nDemonstration sign-ins, all with the password {shown['password']}")
    for email, role in shown["sign_ins"]:
        print(f"  {email:32} {role}")
    print("A second-factor code, where one is asked for: .venv/bin/python manage.py demo_code EMAIL")
    print(f"\nCtrl-C stops everything. The data stay in {var}, the logs in {var / 'logs'}.", flush=True)


def _watch(server: Server, worker: Worker, uses: list[Use]) -> None:
    """Keep the worker running; come back, with trouble, when a part ends that the pages need."""

    def ended() -> str:
        worker.keep()
        if server.has_ended():
            return f"the web server has ended. The last lines of {server.log}:{tail(server.log, lines=20)}"
        for use in uses:
            if not use.is_alive():
                return f"{use.name} has ended. The last lines of {use.log}:{tail(use.log, lines=20)}"
        return ""

    until(ended, float("inf"), pause=1)
    raise Trouble(ended())


if __name__ == "__main__":
    main()
