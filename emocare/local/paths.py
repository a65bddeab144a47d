"""Where a checkout keeps what its runs leave."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOG_LIMIT = 5_000_000


def var(purpose: str = "trial") -> Path:
    """Return the folder of all that a run leaves; that of the tests lies inside it."""
    folder = Path(os.environ.get("EMOCARE_VAR") or ROOT / "var").resolve()
    return folder / "test" if purpose == "test" else folder


def make(folder: Path, *parts: str) -> Path:
    """Make a folder that only its owner can enter, and folders inside it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for part in ("", *parts):
        folder = folder / part
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def turn_over(log: Path) -> Path:
    """Put a log aside when it has grown large; return it."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    return log


def write(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file whole or not at all, with its mode from the first moment."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)
