"""What a manifest says besides the rows; each function reads in the snapshot of the dump."""

import psycopg


def journal_head(connection: psycopg.Connection) -> str | None:
    """Return NUMBER:HEX of the last link of the access journal; nothing while there is none."""
    if connection.execute("SELECT to_regclass('public.accounts_journallink')").fetchone()[0] is None:
        return None
    query = "SELECT number, encode(digest, 'hex') FROM accounts_journallink ORDER BY number DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return f"{row[0]}:{row[1]}" if row else None
