"""PostgreSQL and Valkey of a checkout, without any set-up by hand: `with running(var) as addresses`."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from emocare.local import paths, postgres, valkey
from emocare.local.errors import Trouble, tail
from emocare.local.locks import Lock
from emocare.local.waiting import until

SERVERS = {"postgres": postgres, "valkey": valkey}
ADDRESSES = {"postgres": "DATABASE_URL", "valkey": "REDIS_URL"}


def package(module: str) -> Path | None:
    """Return where a wheel's package lies, without importing it: its own way to start a server is not ours."""
    found = importlib.util.find_spec(module)
    return Path(found.submodule_search_locations[0]) if found else None


def installed() -> bool:
    """Say whether the wheels are there; in production they are not."""
    return all(package(server.MODULE) for server in SERVERS.values())


class Files:
    """What lies in the var folder for one server."""

    def __init__(self, var: Path, name: str) -> None:
        folder = var / "run"
        self.link = var / name
        self.log = var / "logs" / f"{name}.log"
        self.state = folder / f"{name}.json"
        self.users = Lock(folder / f"{name}.users")
        self.starting = Lock(folder / f"{name}.starting")
        self.keeper = Lock(folder / f"{name}.keeper")


class Use:
    """Use one server until `let_go`, or until this process ends in any way; it runs as long as anybody uses it."""

    def __init__(self, var: Path, name: str, purpose: str) -> None:
        self.name = SERVERS[name].NAME
        self.variable = ADDRESSES[name]
        self.log = Files(var, name).log
        self._command = [sys.executable, "-m", "emocare.local.keeper", name, str(var), purpose]
        self._files = Files(var, name)
        self._keeper: subprocess.Popen | None = None

    def begin(self) -> None:
        """Have a keeper started when there is none."""
        # Waits here for a keeper that is just stopping the server after its last user.
        if not self._files.users.take(shared=True, seconds=60) or not self._files.starting.take(seconds=180):
            raise Trouble(f"{self.name} is being stopped or started by another command, which does not come to an end.")
        if self._files.keeper.is_free():
            self._start_keeper()

    def address(self) -> str:
        """Wait until the server answers; return its address."""
        if self._keeper is None:
            # The state is missing while a keeper starts whose first user was killed.
            until(lambda: self._files.state.exists() or self._files.keeper.is_free(), 150)
            if self._files.keeper.is_free():
                self._start_keeper()
        try:
            return self._reported() if self._keeper else self._known()
        finally:
            self._files.starting.free()

    def is_alive(self) -> bool:
        """Say whether the server is still kept."""
        return not self._files.keeper.is_free()

    def let_go(self) -> None:
        """Use it no longer."""
        self._files.starting.free()
        self._files.users.free()

    def settle(self) -> None:
        """Wait, after letting it go, until it has stopped or only others use it."""
        until(self._is_settled, 45)
        if self._keeper is not None:
            self._keeper.stdout.close()
            self._keeper.poll()

    def _reported(self) -> str:
        line = self._keeper.stdout.readline()
        said = json.loads(line) if line else {"trouble": f"{self.name} was ended before it answered.{tail(self.log)}"}
        if "trouble" in said:
            raise Trouble(said["trouble"])
        return said["url"]

    def _known(self) -> str:
        try:
            return json.loads(self._files.state.read_text(encoding="utf-8"))["url"]
        except FileNotFoundError:
            raise Trouble(f"{self.name} has just ended.{tail(self.log)}") from None

    def _is_settled(self) -> bool:
        if self._files.keeper.is_free():
            return True
        alone = self._files.users.take()
        self._files.users.free()
        # Nobody has it: the keeper takes it next. The keeper has it: it is stopping. Else another user shares it.
        return not alone and self._files.users.is_free()

    def _start_keeper(self) -> None:
        self._files.state.unlink(missing_ok=True)
        with paths.turn_over(self.log).open("ab") as errors:
            self._keeper = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=paths.ROOT,
                start_new_session=True,
            )


@contextmanager
def in_use(var: Path, purpose: str, wanted: Iterable[str]) -> Iterator[list[Use]]:
    """Start servers that do not run yet, both at once, and use them for the time of the block."""
    paths.make(var, "run")
    paths.make(var, "logs")
    uses = [Use(var, name, purpose) for name in wanted]
    try:
        for use in uses:
            use.begin()
        yield uses
    finally:
        for use in uses:
            use.let_go()
        for use in uses:
            use.settle()


@contextmanager
def running(var: Path, purpose: str = "trial", wanted: Iterable[str] = tuple(SERVERS)) -> Iterator[dict[str, str]]:
    """Yield DATABASE_URL and REDIS_URL of servers that run at least until the end of the block."""
    with in_use(var, purpose, wanted) as uses:
        yield {use.variable: use.address() for use in uses}
