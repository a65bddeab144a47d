"""The PostgreSQL server and its databases, as an operator's tool sees them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from emocare.backup.errors import BackupError

MAINTENANCE = "postgres"  # the database from which others are made and renamed
TABLES = """
    SELECT n.nspname, c.relname
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND c.relpersistence <> 't'
      AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Database:
    """A database and how to reach it, as libpq's parameters."""

    parameters: dict[str, str] = field(repr=False)  # a password is among them

    @classmethod
    def at(cls, address: str) -> "Database":
        """Read an address as DATABASE_URL has it."""
        if not address:
            raise BackupError("DATABASE_URL is not set.")
        found = cls({name: str(value) for name, value in conninfo_to_dict(address).items()})
        if not found.name:
            raise BackupError("DATABASE_URL names no database.")
        return found

    @property
    def name(self) -> str:
        return self.parameters.get("dbname", "")

    def beside(self, name: str) -> "Database":
        """Return another database of the same server."""
        return Database({**self.parameters, "dbname": name})

    def environment(self) -> dict[str, str]:
        """Return what PostgreSQL's programs read: their arguments, unlike this, stand in the list of processes."""
        variables = {
            option.keyword.decode(): option.envvar.decode()
            for option in psycopg.pq.Conninfo.get_defaults()
            if option.envvar
        }
        kept = {name: value for name, value in os.environ.items() if name.startswith("PG") or name in {"PATH", "HOME"}}
        given = {variables[name]: value for name, value in self.parameters.items() if name in variables}
        return {**kept, "LC_ALL": "C", **given}

    @contextmanager
    def connected(self, *, autocommit: bool = False) -> Iterator[psycopg.Connection]:
        """Yield a connection; what the server refuses becomes an error in words."""
        try:
            with psycopg.connect(**{"connect_timeout": "10", **self.parameters}, autocommit=autocommit) as connection:
                yield connection
        except psycopg.Error as error:
            # The primary message names things; the detail, which is left out, may quote a row.
            said = error.diag.message_primary or (str(error) if isinstance(error, psycopg.OperationalError) else "")
            raise BackupError(f"Database {self.name}: {said or type(error).__name__}.") from error

    @contextmanager
    def snapshot(self) -> Iterator[tuple[psycopg.Connection, str]]:
        """Yield a connection that sees one moment, and the name under which others can see the same."""
        with self.connected() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield connection, connection.execute("SELECT pg_export_snapshot()").fetchone()[0]


def version(connection: psycopg.Connection) -> int:
    """Return the server's major version."""
    return connection.info.server_version // 10_000


def counts(connection: psycopg.Connection) -> dict[str, int]:
    """Count the rows of every table."""
    found = {}
    for schema, table in connection.execute(TABLES).fetchall():
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        found[f"{schema}.{table}"] = connection.execute(query).fetchone()[0]
    return found


def is_empty(database: Database) -> bool:
    """Say whether a database has no table."""
    with database.connected() as connection:
        return connection.execute(TABLES).fetchone() is None


def migrations(connection: psycopg.Connection) -> list[str]:
    """Return the migrations that were applied, as `app.name`."""
    if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()[0] is None:
        return []
    rows = connection.execute("SELECT app, name FROM public.django_migrations ORDER BY app, name")
    return [f"{app}.{name}" for app, name in rows]


def exists(maintenance: psycopg.Connection, name: str) -> bool:
    """Say whether the server has a database of this name."""
    return maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def users_of(maintenance: psycopg.Connection, name: str) -> int:
    """Return how many connections a database has."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
    return maintenance.execute(query, [name]).fetchone()[0]


def may_create(maintenance: psycopg.Connection) -> bool:
    """Say whether this role may make databases."""
    query = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    return bool(maintenance.execute(query).fetchone()[0])


def create(maintenance: psycopg.Connection, name: str) -> None:
    """Make an empty database with the server's own encoding and language."""
    maintenance.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))


def drop(maintenance: psycopg.Connection, name: str) -> None:
    """Remove a database with whatever is still connected to it."""
    maintenance.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def rename(maintenance: psycopg.Connection, name: str, new: str) -> None:
    """Rename a database that nobody uses; part of a transaction like any other statement."""
    query = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new))
    maintenance.execute(query)
