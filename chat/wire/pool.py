"""Asynchronous connections to PostgreSQL for the loop of the sockets, beside Django's own of threads."""

from typing import Any
from weakref import WeakSet

from django.db import connection
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

SECONDS = 5.0  # for which a message waits for a connection
MOST = 2  # one that writes messages, one that writes marks
PREPARED_AFTER = 1  # the same few statements, over and over


class Pool(AsyncConnectionPool):
    """Connections to Django's default database, with its own options; opened by `open()`."""

    def __init__(self) -> None:
        leave_out = {"context", "cursor_factory"}  # what Django reads rows with
        given = {name: value for name, value in connection.get_connection_params().items() if name not in leave_out}
        if given.get("prepare_threshold") is None:
            given["prepare_threshold"] = PREPARED_AFTER
        self._made: WeakSet[AsyncConnection[Any]] = WeakSet()
        # No transaction of its own: what goes out together in a pipeline is one.
        super().__init__(
            kwargs=given | {"autocommit": True},
            configure=self._note,
            min_size=1,
            max_size=MOST,
            timeout=SECONDS,
            reconnect_timeout=10,
            open=False,
        )

    async def _note(self, made: AsyncConnection[Any]) -> None:
        self._made.add(made)

    async def drop(self) -> None:
        """Close all connections with the loop, whose end the pool's own tasks do not outlive."""
        for made in tuple(self._made):
            await made.close()
