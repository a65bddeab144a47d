"""Install what a lock names into an environment: `python -m emocare.local.wheels PYTHON LOCK`.

The lock names each package that is needed, so nothing is left to resolve, and wheels are taken: building one usually
fetches tools that no hash covers. What has no wheel is built last, with the setuptools of the lock and nothing else.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

WITHOUT = ("http-ece",)  # pure Python, needed by pywebpush
OPTIONS = ("--disable-pip-version-check", "--no-input", "install", "--quiet", "--no-deps", "--require-hashes")
BUILT = ("--no-build-isolation", f"--no-binary={','.join(WITHOUT)}")


def install(python: Path | str, lock: Path, run: Callable[[list[str]], None]) -> None:
    """Install a lock's packages with the pip of an environment; `run` runs a command, and raises where it fails."""
    entries = re.split(r"\n(?=[\w-])", lock.read_text(encoding="utf-8"))
    built = [entry for entry in entries if entry.split("==")[0].strip() in WITHOUT]
    with tempfile.TemporaryDirectory() as folder:
        for chosen, options in (([e for e in entries if e not in built], ("--only-binary=:all:",)), (built, BUILT)):
            if chosen:
                part = Path(folder) / "part.txt"
                part.write_text("\n".join(chosen), encoding="utf-8")
                run([str(python), "-m", "pip", *OPTIONS, *options, "--requirement", str(part)])


if __name__ == "__main__":
    install(sys.argv[1], Path(sys.argv[2]), lambda command: subprocess.run(command, check=True) and None)
