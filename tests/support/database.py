"""Emptying the database after a test that commits: as Django does it, without making hundreds of files anew.

Django truncates every table and stores content types and permissions again, which takes longer than most tests. Here
rows are deleted, after the same locks: what another process has not committed yet is waited for. Content types and
permissions stay, unless a test changed them.
"""

from functools import cache

from django.db import connection
from django.test import TransactionTestCase

MADE_BY_DJANGO = ("django_content_type", "auth_permission")
_django_begins = TransactionTestCase._fixture_setup.__func__
_django_empties = TransactionTestCase._fixture_teardown
_as_made: dict[str, tuple] = {}


def _row(query: str, values: list | None = None) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()


def _made_by_django() -> tuple:
    """Return digests of the tables that Django fills by itself."""
    parts = (f"(SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM {table} t)" for table in MADE_BY_DJANGO)  # noqa: S608
    return _row(f"SELECT {', '.join(parts)}")


@cache
def _emptying(_database: str) -> str:
    """Return the statements that empty all other tables; no trigger is asked whether it may be.

    Tasks go after the rest, as with Django: whoever stores one holds a lock on them and may still need another table.
    """
    query = "SELECT array_agg(quote_ident(tablename) ORDER BY tablename) FROM pg_tables"
    (tables,) = _row(
        f"{query} WHERE schemaname = 'public' AND tablename != ALL(%s)", [[*MADE_BY_DJANGO, "django_migrations"]]
    )
    tasks = [table for table in tables if table.startswith("procrastinate_")]
    return "; ".join(_emptying_together(some) for some in ([t for t in tables if t not in tasks], tasks))


def _emptying_together(tables: list[str]) -> str:
    deletes = "; ".join(f"DELETE FROM {table}" for table in tables)  # noqa: S608
    locks = f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE"
    return f"BEGIN; {locks}; SET LOCAL session_replication_role = replica; {deletes}; COMMIT"


def _begin(case: type[TransactionTestCase]) -> None:
    name = connection.settings_dict["NAME"]
    if name not in _as_made:
        _as_made[name] = _made_by_django()
    _django_begins(case)


def _empty(case: TransactionTestCase) -> None:
    name = connection.settings_dict["NAME"]
    if _as_made.get(name) != _made_by_django():
        _django_empties(case)
        _as_made[name] = _made_by_django()
        return
    with connection.cursor() as cursor:
        cursor.execute(_emptying(name))


def pytest_configure() -> None:
    TransactionTestCase._fixture_setup = classmethod(_begin)
    TransactionTestCase._fixture_teardown = _empty
