"""What the drill of the copies needs: databases of its own on the tests' server, and somebody who goes on writing."""

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from emocare.backup.server import TABLES, Database
from tests.support.waiting import until

media = Path()  # where `lose_a_file` finds one


def checksums(connection: psycopg.Connection) -> dict[str, str]:
    """Return a digest of every table's rows in an order of their own."""
    found = {}
    for schema, table in connection.execute(TABLES).fetchall():
        query = sql.SQL("SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t")
        found[table] = connection.execute(query.format(sql.Identifier(schema, table))).fetchone()[0]
    return found


def overtaken(connection: psycopg.Connection) -> int:
    """Wait until others wrote what this snapshot does not see; return how many sessions it sees."""
    query = "SELECT count(*) FROM django_session"
    [seen] = connection.execute(query).fetchone()
    parameters = connection.info.get_parameters() | {"password": connection.info.password}
    with psycopg.connect(**parameters, autocommit=True) as other:
        until(lambda: other.execute(query).fetchone()[0] > seen)
    return seen


def lose_a_file(connection: psycopg.Connection) -> str:
    """Delete a file while the copy is made."""
    (media / "lost.png").unlink()
    return "lost.png"


@contextmanager
def writing(database: Database, folder: Path) -> Iterator[None]:
    """Write all the time, two rows a transaction and now and then a file, until the block ends."""
    stop, wrote = threading.Event(), threading.Event()

    def write() -> None:
        with database.connected(autocommit=True) as connection:
            while not stop.is_set():
                keys = [secrets.token_hex(16) for _ in range(2)]
                with connection.transaction():
                    for key in keys:
                        connection.execute("INSERT INTO django_session VALUES (%s, 'new', now())", [key])
                (folder / f"{keys[0][:2]}.png").write_bytes(os.urandom(2000))
                wrote.set()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert wrote.wait(15)
        yield
    finally:
        stop.set()
        thread.join()
