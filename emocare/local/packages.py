"""What comes from the system's packages: Python's venv module, and Chromium for the browser tests."""

import os
import shutil
import subprocess
from contextlib import suppress

from emocare.local.errors import Trouble

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"  # Chromium without windows, permissions and other things of a desktop


def find_chromium() -> str | None:
    """Return the path of a Chromium: the one that CHROMIUM names, or one of the system's."""
    if named := os.environ.get("CHROMIUM"):
        found = shutil.which(named)
        if found is None:
            raise Trouble(f"CHROMIUM names {named}, which is not a program.")
        return found
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def find_shell() -> str | None:
    """Return the path of Chromium's headless shell, which needs half the time; None when CHROMIUM names a browser."""
    return None if os.environ.get("CHROMIUM") else shutil.which(SHELL)


def ensure_chromium() -> None:
    """Install Chromium when there is none, and its headless shell where the system has it."""
    if find_chromium() is None:
        install("chromium", "The browser tests need Chromium (or Google Chrome; CHROMIUM can name its path).")
        with suppress(Trouble):
            install(SHELL, "The browser tests are quicker with it.")
        if find_chromium() is None:
            raise Trouble("chromium was installed, but is not on the PATH. Name its path with CHROMIUM.")


def install(package: str, why: str) -> None:
    """Install a Debian package as root; anyone else is told the one command to type."""
    apt = shutil.which("apt-get")
    if apt is None:
        raise Trouble(f"{why} Install your system's package for it (Debian calls it {package}).")
    if os.geteuid() != 0:
        raise Trouble(f"{why} Type this once, then try again:\n    sudo apt-get install {package}")
    print(f"Emocare: installing {package} with apt-get ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        done = subprocess.run([apt, "-qq", *command], env=environment, capture_output=True, text=True, check=False)
        # Lists that cannot be renewed may still be good enough to install from.
        if done.returncode and command[0] == "install":
            raise Trouble(f"{why} apt-get could not install {package}:\n{done.stderr.strip()[-1500:]}")
