"""Start the commands for real, each with a var folder of the test's own, and look at what they leave."""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import redis
from django.conf import settings

from emocare.local import paths, places
from emocare.local.ports import free_port
from emocare.local.waiting import until

OURS = (
    "EMOCARE_",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "ENCRYPTION_KEYS",
    "ALLOWED_HOSTS",
    "DJANGO_",
    "PORT",
    "HOST",
)
IS_ROOT = os.geteuid() == 0


def variables(var: Path, **more: str) -> dict[str, str]:
    """Return an environment that knows the var folder and nothing of the tests' own services."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "EMOCARE_VAR": str(var), **more}


class Command:
    """A command that runs beside the test."""

    def __init__(self, arguments: list[str], environment: dict[str, str], *, folder: Path = paths.ROOT) -> None:
        self.process = subprocess.Popen(
            arguments,
            env=environment,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def kill(self) -> None:
        """End it as the kernel does when memory runs out."""
        self.process.kill()
        self.finish()

    def finish(self, sent: signal.Signals | None = None) -> tuple[int, str]:
        """Close its input, or send it a signal; return its exit code and all that it still says."""
        if sent:
            self.process.send_signal(sent)
        said, complaints = self.process.communicate(timeout=60)
        return self.process.returncode, said + complaints


class Holder(Command):
    """A process that uses the services."""

    def __init__(self, var: Path, purpose: str = "trial") -> None:
        super().__init__([sys.executable, "-m", "tests.local.hold", str(var), purpose], variables(var))
        self.said = self.process.stdout.readline()

    @property
    def database(self) -> str:
        """Return the address of PostgreSQL."""
        return json.loads(self.said)["DATABASE_URL"]

    @property
    def cache(self) -> str:
        """Return the address of Valkey."""
        return json.loads(self.said)["REDIS_URL"]


class Run(Command):
    """`make run` without make, on a free port."""

    def __init__(self, var: Path, port: int | None = None, **more: str) -> None:
        self.port = port or free_port()
        # The tests' own run has collected the static files already.
        environment = variables(var, PORT=str(self.port), STATIC_ROOT=str(settings.STATIC_ROOT), **more)
        self.var = var
        super().__init__([sys.executable, "-m", "emocare.local.run"], environment)
        self.said = ""

    def wait(self) -> "Run":
        """Wait until it says that it is up."""
        for line in self.process.stdout:
            self.said += line
            if line.startswith("Ctrl-C"):
                return self
        raise AssertionError(f"it did not come up: {self.said}{self.process.stderr.read()}")


def query(address: str, statement: str) -> object:
    """Return the first value that a statement yields."""
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def answers(address: str) -> bool:
    """Say whether a Valkey answers."""
    with redis.from_url(address) as client:
        return client.ping()


def family(var: Path) -> dict[int, str]:
    """Return the processes that belong to a var folder, with their command lines."""
    homes = [folder.resolve() for folder in (var, var / "postgres", var / "valkey")]
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            with suppress(PermissionError, FileNotFoundError, ProcessLookupError):
                place = Path(str((entry / "cwd").readlink()).removesuffix(" (deleted)"))
                command = _words(entry / "cmdline")
                inside = any(place.is_relative_to(folder) for folder in homes)
                if inside or str(var) in command or f"EMOCARE_VAR={var}" in _words(entry / "environ"):
                    found[int(entry.name)] = " ".join(command)
    return found


def _words(path: Path) -> list[str]:
    return path.read_bytes().decode(errors="replace").split("\0")


def is_quiet(var: Path) -> bool:
    """Wait until nothing of a var folder runs any more."""
    return until(lambda: not family(var), 10)


def modes(folder: Path) -> dict[Path, int]:
    """Return the modes of a folder and of all its parents."""
    return {path: path.stat().st_mode for path in (folder, *folder.parents)}


def home(var: Path) -> Path:
    """Return where PostgreSQL's data of a var folder really are."""
    return (var / "postgres").resolve()


def forget(var: Path) -> None:
    """End what a failed test left, delete its var folder, and the place of its data."""
    for pid in family(var):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    is_quiet(var)
    shutil.rmtree(var, ignore_errors=True)
    if IS_ROOT:
        places.remove_orphans()
