"""The environment in .venv/: made from a lock with hashes, once, and believed only when it is whole."""

import fcntl
import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from emocare.local import packages, paths, wheels
from emocare.local.errors import Trouble, tail

FOLDER = paths.ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
# Says which locks are wholly installed. Taken away before an installation and written after it: an environment without
# it was interrupted, and is made anew.
STAMP = FOLDER / "emocare.json"
LOCKS = {
    "local": paths.ROOT / "requirements-local.lock",
    "dev": paths.ROOT / "requirements-dev.lock",  # holds all of the local one, in the same versions
    "train": paths.ROOT / "requirements-train.lock",  # holds all of the dev one, in the same versions
    "reader": paths.ROOT / "requirements-reader.lock",  # holds all of the train one, in the same versions
}


def ensure(wanted: str) -> None:
    """Make the environment hold a lock; do nothing when it does."""
    if _holds(wanted):
        return
    with _alone():
        # Another command may have made it while we waited.
        if not _holds(wanted):
            _install(wanted)


def _holds(wanted: str) -> bool:
    kept = _stamp()
    names = list(LOCKS)[list(LOCKS).index(wanted) :]  # it and those that hold it
    return any(name in kept and kept[name] == _digest(name) for name in names) and _works(kept)


def _digest(name: str) -> str:
    return hashlib.sha256(LOCKS[name].read_bytes()).hexdigest()


def _stamp() -> dict[str, str]:
    try:
        kept = json.loads(STAMP.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _works(kept: dict[str, str]) -> bool:
    """Say whether the environment is where it was made, and its Python the one that it was made with."""
    return kept.get("folder") == str(FOLDER) and kept.get("python") == _version()


def _version() -> str | None:
    """Return the version of the environment's Python; None when it does not run, say after an upgrade of the system."""
    command = [PYTHON, "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other command works on the environment."""
    folder = os.open(paths.ROOT, os.O_RDONLY)
    try:
        # Some network file systems cannot lock a folder; then two commands at once are the person's own care.
        with suppress(OSError):
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _install(wanted: str) -> None:
    log = paths.make(paths.ROOT / "var", "logs") / "packages.log"
    log.unlink(missing_ok=True)
    if not _works(_stamp()):
        _make_folder(log)
    python = _version()
    STAMP.unlink(missing_ok=True)
    print("Emocare: installing the packages into .venv/ (once, about half a minute) ...", flush=True)
    failed = "the packages could not be installed. Is the network there? Type the same command to go on."
    wheels.install(PYTHON, LOCKS[wanted], lambda command: _step(command, log, failed))
    stamp = {wanted: _digest(wanted), "folder": str(FOLDER), "python": python}
    paths.write(STAMP, json.dumps(stamp), mode=0o644)


def _make_folder(log: Path) -> None:
    _require_venv()
    print("Emocare: making the environment in .venv/ ...", flush=True)
    if FOLDER.is_symlink() or FOLDER.is_file():
        raise Trouble(f"{FOLDER} is in the way: it should be a folder of ours. Remove it and try again.")
    if FOLDER.exists():
        shutil.rmtree(FOLDER)
    _step([sys.executable, "-m", "venv", FOLDER], log, f"{sys.executable} cannot make an environment.")


def _require_venv() -> None:
    """Make sure that this Python can make environments: Debian ships that part on its own."""
    if _has_venv():
        return
    if Path(sys.base_prefix) != Path("/usr"):
        raise Trouble(
            f"{sys.executable} was built without venv or ensurepip. Name another: make run PYTHON=/usr/bin/python3"
        )
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    packages.install(package, f"{sys.executable} lacks venv and pip.")
    importlib.invalidate_caches()
    if not _has_venv():
        raise Trouble(f"{package} is installed, but {sys.executable} still lacks venv or ensurepip.")


def _has_venv() -> bool:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def _step(command: list[str | Path], log: Path, failed: str) -> None:
    with log.open("ab") as output:
        code = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, check=False).returncode
    if code:
        raise Trouble(f"{failed}{tail(log)}")
