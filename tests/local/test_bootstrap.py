"""The first step of every target makes the environment, once, and believes it only when it is whole."""

import ast
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from emocare.local import paths
from emocare.local.waiting import until

SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout whose locks name one small package that lies beside them."""
    folder = tmp_path / "бос орын"
    shutil.copytree(
        paths.ROOT / "emocare" / "local",
        folder / "emocare" / "local",
        ignore=shutil.ignore_patterns("__pycache__", "messages"),
    )
    (folder / "emocare" / "__init__.py").touch()
    lock(folder, "1.0")
    return folder


def lock(checkout: Path, version: str, *, digest: str = "") -> None:
    wheel = checkout / f"small-{version}-py3-none-any.whl"
    record = f"small-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("small.py", f"version = {version!r}\n")
        archive.writestr(f"{record}/METADATA", f"Metadata-Version: 2.1\nName: small\nVersion: {version}\n")
        archive.writestr(f"{record}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{record}/RECORD", "")
    digest = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
    for name in ("local", "dev"):
        line = f"small @ {wheel.as_uri()} --hash=sha256:{digest}  # {name}\n"
        (checkout / f"requirements-{name}.lock").write_text(line)


def bootstrap(checkout: Path, wanted: str = "local", python: str = sys.executable, **more: str) -> tuple[int, str]:
    command = [python, "emocare/local/bootstrap.py", wanted]
    environment = {**os.environ, "PIP_RETRIES": "0", **more}
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def installed(checkout: Path) -> str:
    command = [checkout / ".venv/bin/python", "-c", "import small; print(small.version)"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def test_it_installs_once_and_again_when_the_lock_changes(checkout: Path) -> None:
    code, said = bootstrap(checkout)
    assert (code, installed(checkout)) == (0, "1.0")
    assert len(said.splitlines()) == 2

    log = checkout / "var" / "logs" / "packages.log"
    log.unlink()
    assert bootstrap(checkout) == (0, "")
    assert not log.exists()

    lock(checkout, "2.0")
    assert bootstrap(checkout)[0] == 0
    assert installed(checkout) == "2.0"

    # The lock of `make test` holds that of `make run`, so that going back and forth installs nothing.
    assert bootstrap(checkout, "dev", CHROMIUM=sys.executable)[0] == 0
    assert bootstrap(checkout) == (0, "")

    code, said = bootstrap(checkout, "dev", CHROMIUM="/nowhere/chromium")
    assert code == 1
    assert "CHROMIUM names /nowhere/chromium" in said

    (checkout / "requirements-local.lock").write_text(f"absent==1.0 --hash=sha256:{'0' * 64}\n")
    (checkout / "requirements-dev.lock").write_text("")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_EXTRA_INDEX_URL": "", "PIP_CONFIG_FILE": os.devnull}
    code, said = bootstrap(checkout, **nowhere)
    assert code == 1
    assert "Is the network there?" in said
    assert "Traceback" not in said


def test_a_wrong_hash_and_an_interruption_leave_nothing_that_is_believed(checkout: Path) -> None:
    lock(checkout, "1.0", digest="0" * 64)
    code, said = bootstrap(checkout)
    assert code == 1
    assert "the packages could not be installed" in said
    assert "Traceback" not in said
    assert installed(checkout) == ""

    lock(checkout, "1.0")
    (checkout / ".venv" / "bin" / "python").unlink()
    command = [sys.executable, "emocare/local/bootstrap.py", "local"]
    process = subprocess.Popen(command, cwd=checkout, start_new_session=True, stdout=subprocess.DEVNULL)
    assert until(lambda: (checkout / ".venv" / "bin" / "python").exists(), 60)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    code, said = bootstrap(checkout)
    assert code == 0
    assert "making the environment" in said
    assert installed(checkout) == "1.0"


def test_two_commands_at_once_make_one_environment_and_a_moved_one_is_made_anew(checkout: Path) -> None:
    command = [sys.executable, "emocare/local/bootstrap.py", "local"]
    both = [subprocess.Popen(command, cwd=checkout, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(map(bool, said)) == [False, True]
    assert installed(checkout) == "1.0"

    moved = checkout.with_name("moved")
    checkout.rename(moved)
    lock(moved, "1.0")
    assert "making the environment" in bootstrap(moved)[1]
    assert bootstrap(moved) == (0, "")


@pytest.mark.skipif(not Path(SYSTEM_PYTHON).exists(), reason="needs the system's Python")
def test_a_python_without_venv_is_told_the_one_command(checkout: Path, tmp_path: Path) -> None:
    """Debian's Python lacks ensurepip until python3-venv is there; an import that fails is just that."""
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow" / "ensurepip.py").write_text("raise ImportError('No module named ensurepip')\n")
    # Without apt-get on the path root cannot help itself either, and gets the same advice.
    code, said = bootstrap(checkout, python=SYSTEM_PYTHON, PYTHONPATH=str(tmp_path / "shadow"), PATH="/nowhere")
    assert code == 1
    assert "lacks venv and pip" in said
    assert "-venv" in said
    assert "Traceback" not in said
    assert not (checkout / ".venv").exists()


def test_an_old_python_can_read_it_and_say_that_it_is_too_old() -> None:
    source = (paths.ROOT / "emocare" / "local" / "bootstrap.py").read_text()
    ast.parse(source, feature_version=(3, 4))
