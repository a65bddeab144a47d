"""`manage.py` works without any set-up: it finds the services that run, or starts them for its own time."""

import sys
from pathlib import Path

from tests.local.support import Command, Holder, answers, family, is_quiet, query, variables

SCRIPT = """
import os
import psycopg
from emocare.local import environment
environment.activate()
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    begin = connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()[0]
print(begin, os.environ["EMOCARE_MODE"], os.environ["EMOCARE_VAR"], sep="|")
"""
UNTOUCHED = """
import os
from emocare.local import environment
environment.activate()
print("REDIS_URL" in os.environ)
"""
PREPARED = """
from emocare.local import environment
with environment.prepared("trial") as (values, uses):
    print([use.name for use in uses], values["EMOCARE_MODE"])
"""


def activate(var: Path, **more: str) -> Command:
    return Command([sys.executable, "-c", SCRIPT], variables(var, **more))


def test_a_command_starts_the_services_for_its_own_time(var: Path) -> None:
    code, said = activate(var).finish()
    assert (code, said.strip().split("|")[1:]) == (0, ["development", str(var)])
    assert family(var) == {}


def test_a_command_uses_the_services_that_run(var: Path) -> None:
    holder = Holder(var)
    begin = query(holder.database, "SELECT pg_postmaster_start_time()::text")
    assert activate(var).finish()[1].startswith(begin)
    assert query(holder.database, "SELECT 1") == 1
    assert answers(holder.cache)
    holder.finish()


def test_commands_at_once_do_not_break_one_another(var: Path) -> None:
    commands = [activate(var) for _ in range(3)]
    assert [command.finish()[0] for command in commands] == [0, 0, 0]
    assert is_quiet(var)


def test_an_environment_that_says_what_to_use_is_left_alone(var: Path) -> None:
    command = Command([sys.executable, "-c", UNTOUCHED], variables(var, EMOCARE_MODE="production"))
    assert command.finish() == (0, "False\n")
    assert not var.exists()


def test_a_database_of_ones_own_is_used_and_only_valkey_starts(var: Path) -> None:
    command = Command([sys.executable, "-c", PREPARED], variables(var, DATABASE_URL="postgresql://elsewhere/x"))
    assert command.finish() == (0, "['Valkey'] development\n")
