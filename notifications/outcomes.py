"""Writing down what happened outside, where it cannot be undone."""

import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection, transaction

AWAY = (OperationalError, InterfaceError)  # PostgreSQL is
PAUSES = (0.5, 1, 2, 5, 10, 30, 60, 120, 300)  # seconds


def keep_trying(write: Callable[[], None], pauses: tuple[float, ...] = PAUSES) -> None:
    """Do a write in a transaction of its own, again after a while where PostgreSQL is away.

    Something left Emocare and was taken: were this not written, it would go out once more. After the last pause the
    error goes up, and the task is tried again as a whole.
    """
    for pause in (*pauses, None):
        if not connection.in_atomic_block:
            connection.close()
        try:
            with transaction.atomic():
                return write()
        except AWAY:
            if pause is None or connection.in_atomic_block:
                raise
            time.sleep(pause)  # noqa: TID251 -- the worker's thread has nothing else to do
    return None
