"""PostgreSQL and Valkey start by themselves, keep what they must, and stop with their last user."""

import contextlib
import os
import signal
from pathlib import Path

import psycopg
import pytest
import redis

from emocare.local import processes, services
from emocare.local.waiting import until
from tests.local.support import Holder, answers, family, home, is_quiet, query


def test_both_start_answer_and_stop(var: Path) -> None:
    holder = Holder(var)
    assert query(holder.database, "SHOW server_version").startswith("18.")
    assert answers(holder.cache)
    assert holder.finish() == (0, "")
    assert family(var) == {}


def test_the_database_speaks_utf8_and_utc(var: Path) -> None:
    holder = Holder(var)
    assert query(holder.database, "SELECT lower('ӘҒҚҢӨҰҮҺІ')") == "әғқңөұүһі"
    assert query(holder.database, "SHOW timezone") == "UTC"
    holder.finish()


def test_data_are_there_the_next_time(var: Path) -> None:
    first = Holder(var)
    query(first.database, "CREATE TABLE kept AS SELECT 7 AS value")
    first.finish()
    second = Holder(var)
    assert query(second.database, "SELECT value FROM kept") == 7
    second.finish()


def test_tests_begin_with_an_empty_database(var: Path) -> None:
    first = Holder(var, "test")
    query(first.database, "CREATE TABLE lost AS SELECT 7 AS value")
    assert query(first.database, "SHOW fsync") == "off"
    first.finish()
    second = Holder(var, "test")
    assert query(second.database, "SELECT to_regclass('lost')::text") is None
    second.finish()


def test_only_the_wanted_one_starts(var: Path) -> None:
    with services.running(var, wanted=["valkey"]) as addresses:
        assert list(addresses) == ["REDIS_URL"]
        assert not any("postgres" in command for command in family(var).values())


def test_nobody_gets_in_without_the_password(var: Path) -> None:
    holder = Holder(var)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        query(holder.database.replace("emocare:", "emocare:wrong"), "SELECT 1")
    with pytest.raises(redis.AuthenticationError):
        answers(holder.cache.replace("redis://:", "redis://:wrong"))
    holder.finish()


def test_neither_password_is_on_a_command_line_or_readable_by_others(var: Path) -> None:
    holder = Holder(var)
    passwords = [address.split("@")[0].split(":")[-1] for address in (holder.database, holder.cache)]
    assert not any(password in command for password in passwords for command in family(var).values())
    assert [path for path in (var, var / "run" / "postgres.json") if path.stat().st_mode & 0o077] == []
    assert (home(var) / "password").stat().st_mode & 0o077 == 0
    holder.finish()


def test_the_first_user_may_end_before_the_second(var: Path) -> None:
    first, second = Holder(var), Holder(var)
    assert first.database == second.database
    first.finish()
    assert query(second.database, "SELECT 1") == 1
    second.finish()
    assert family(var) == {}


def test_many_at_once_share_one_server(var: Path) -> None:
    holders = [Holder(var) for _ in range(4)]
    assert len({holder.database for holder in holders}) == 1
    for holder in holders:
        assert holder.finish() == (0, "")
    assert family(var) == {}


def test_a_killed_user_leaves_nothing_behind(var: Path) -> None:
    Holder(var).kill()
    assert is_quiet(var)


def test_a_killed_keeper_takes_its_server_along_and_the_next_start_works(var: Path) -> None:
    first = Holder(var)
    query(first.database, "CREATE TABLE kept AS SELECT 7 AS value")
    _kill_keepers(var)
    first.kill()
    second = Holder(var)
    assert query(second.database, "SELECT value FROM kept") == 7
    second.finish()
    assert is_quiet(var)


def test_a_server_killed_by_force_recovers_its_data(var: Path) -> None:
    first = Holder(var)
    query(first.database, "CREATE TABLE kept AS SELECT 7 AS value")
    for pid in processes.running_in(home(var), ("postgres",)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert until(lambda: services.Files(var, "postgres").keeper.is_free(), 10)
    first.finish()
    second = Holder(var)
    assert query(second.database, "SELECT value FROM kept") == 7
    second.finish()


def test_an_interrupted_making_of_the_data_is_begun_anew(var: Path) -> None:
    Holder(var).finish()
    (home(var) / "data").rename(home(var) / "data.new")
    (home(var) / "data.new" / "PG_VERSION").unlink()
    holder = Holder(var)
    assert query(holder.database, "SELECT 1") == 1
    assert not (home(var) / "data.new").exists()
    holder.finish()


def test_data_of_another_version_are_explained_and_left_alone(var: Path) -> None:
    Holder(var).finish()
    mark = home(var) / "data" / "PG_VERSION"
    mark.write_text("17\n")
    code, said = Holder(var).finish()
    assert code == 1
    assert "are of PostgreSQL 17, and this is 18" in said
    assert "Traceback" not in said
    assert mark.read_text() == "17\n"


def test_damaged_data_are_explained(var: Path) -> None:
    Holder(var).finish()
    (home(var) / "data" / "global" / "pg_control").write_bytes(b"")
    code, said = Holder(var).finish()
    assert code == 1
    assert "PostgreSQL does not start on the data" in said
    assert "Traceback" not in said
    assert is_quiet(var)


def _kill_keepers(var: Path) -> None:
    for pid, command in family(var).items():
        if "emocare.local.keeper" in command:
            os.kill(pid, signal.SIGKILL)
