"""What row-level security of PostgreSQL would cost: the week of one person with and without it, on 200,000 rows."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from bench import report
from emocare.local import environment

OWNERS, ROWS_EACH = 2000, 100
ROUNDS, REQUESTS = 30, 100  # the ways take turns, so that what else the machine does meets all of them
TODAY = date(2026, 11, 18)
PLAIN, GUARDED, ROLE = "bench_plain", "bench_guarded", "bench_person"
VARIABLE = "emocare.person"

TABLE = """
CREATE SCHEMA {schema} AUTHORIZATION {role};
CREATE TABLE {schema}.tracker_moodentry (LIKE public.tracker_moodentry INCLUDING ALL);
INSERT INTO {schema}.tracker_moodentry
    (public_id, owner_id, level, feelings, causes, note, prompt, felt_at, form_key, created_at, updated_at)
SELECT gen_random_uuid(), n % {owners} + 1, n % 5 + 1, '{{}}', '{{}}', decode(repeat(md5(n::text), 4), 'hex'), '',
    timestamptz '{today} 12:00+05' - n / {owners} * interval '1 day', gen_random_uuid(), now(), now()
FROM generate_series(0, {owners} * {each} - 1) AS n;
ALTER TABLE {schema}.tracker_moodentry OWNER TO {role};
"""
POLICY = """
ALTER TABLE {schema}.tracker_moodentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE {schema}.tracker_moodentry FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON {schema}.tracker_moodentry USING (owner_id = current_setting('{variable}')::bigint);
"""
CLEAN = f"DROP SCHEMA IF EXISTS {PLAIN}, {GUARDED} CASCADE; DROP ROLE IF EXISTS {ROLE};"


def _run(statement: str, *values: object) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


@contextmanager
def _tables() -> Iterator[None]:
    """Make a table without and one with the policy; both belong to a role that is no superuser, which serves us."""
    _run(CLEAN)
    try:
        _run(f"CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS")
        for schema in (PLAIN, GUARDED):
            _run(TABLE.format(schema=schema, role=ROLE, owners=OWNERS, each=ROWS_EACH, today=TODAY))
        _run(POLICY.format(schema=GUARDED, variable=VARIABLE))
        for schema in (PLAIN, GUARDED):
            _run(f"VACUUM ANALYZE {schema}.tracker_moodentry")
        _run(f"SET ROLE {ROLE}")
        yield
    finally:
        _run("RESET ROLE")
        _run("RESET search_path")
        _run(CLEAN)


def _week(person: int) -> int:
    """Read the week of a person as the site does; return how many moods it holds."""
    from accounts.models import User
    from tracker.week import week_of

    return len(week_of(User(pk=person), TODAY).levels)


def _rows(person: int) -> int:
    """Send the query of the week alone, without the objects that the site makes of it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, level, felt_at FROM tracker_moodentry WHERE owner_id = %s AND level IS NOT NULL"
            " AND felt_at >= %s AND felt_at < %s ORDER BY felt_at, id",
            [person, "2026-11-16 00:00+05", "2026-11-23 00:00+05"],
        )
        return len(cursor.fetchall())


def _named(person: int, *, local: bool) -> None:
    _run("SELECT set_config(%s, %s, %s)", VARIABLE, str(person), local)


def _in_transaction(read: Callable[[int], int], person: int) -> int:
    from django.db import transaction

    with transaction.atomic():
        _named(person, local=True)
        return read(person)


def _after_naming(read: Callable[[int], int], person: int) -> int:
    _named(person, local=False)
    return read(person)


def _medians(read: Callable[[int], int]) -> dict[str, float]:
    """Return microseconds a request of each way, the median of ROUNDS."""
    ways: dict[str, tuple[str, Callable[[int], int]]] = {
        "plain": (PLAIN, read),
        "policy, variable stays": (GUARDED, read),
        "policy, set_config": (GUARDED, lambda person: _after_naming(read, person)),
        "policy, SET LOCAL": (GUARDED, lambda person: _in_transaction(read, person)),
    }
    times: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(ROUNDS + 1):
        for way, (schema, ask) in ways.items():
            stays = way == "policy, variable stays"
            _run(f"SET search_path TO {schema}, public")
            if stays:
                _named(turn + 1, local=False)
            begin = time.perf_counter()
            for i in range(REQUESTS):
                person = turn + 1 if stays else (turn * REQUESTS + i) % OWNERS + 1
                if ask(person) != 3:
                    raise RuntimeError(f"{way}: not the three moods of the week")
            if turn:  # the first one warms
                times[way].append((time.perf_counter() - begin) / REQUESTS * 1e6)
    return {way: statistics.median(measured) for way, measured in times.items()}


def _explain(schema: str) -> str:
    from accounts.models import User
    from tracker import access
    from tracker.periods import Period, Span

    _run(f"SET search_path TO {schema}, public")
    _named(7, local=False)
    start, end = Period.around(Span.WEEK, TODAY).moments()
    week = access.moods_of(User(pk=7)).filter(felt_at__gte=start, felt_at__lt=end)
    return week.only("felt_at", "level").explain()


def _refuses_strangers() -> None:
    """Fail unless the policy holds: a measurement of a wall that is not there says nothing."""
    _run(f"SET search_path TO {GUARDED}, public")
    _named(7, local=False)
    if _rows(7) != 3 or _rows(8) != 0:
        raise RuntimeError("the policy does not hold")


def run() -> None:
    """Measure the query alone and the whole reading of a week."""
    environment.activate()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with _tables():
        _refuses_strangers()
        for schema in (PLAIN, GUARDED):
            print(f"\n{schema}:\n{_explain(schema)}")
        report.publish("row_security", "microseconds a query", "plain", _medians(_rows))
        report.publish("row_security_week", "microseconds a week", "plain", _medians(_week))
