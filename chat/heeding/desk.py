"""The risk check of messages that a process with sockets has just written: off their way, in the order of writing.

Whatever is lost here, with the process or because there is too much, the sweep of chat/tasks.py finds.
"""

import logging
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Protocol
from uuid import UUID

from django.db import connections

from chat.heeding import services
from chat.heeding.reading import Reader

logger = logging.getLogger(__name__)
MOST_WAITING = 5000
TOGETHER = 100


class Stored(Protocol):
    """What this needs of a message that was just committed: chat.wire.after."""

    message: UUID
    text: str


class Desk:
    """Looks at messages in a thread of its own, which begins with the first one."""

    def __init__(self) -> None:
        self._waiting: Queue[tuple[UUID, str]] = Queue(MOST_WAITING)
        self._reader = Reader()
        self._thread: Thread | None = None
        self._beginning = Lock()

    def take(self, stored: Stored) -> None:
        """Take a message that was just committed, and return at once; a receiver of chat.wire.after."""
        try:
            self._waiting.put_nowait((stored.message, stored.text))
        except Full:
            return
        with self._beginning:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, name="chat-desk", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Wait until all that was taken has been looked at."""
        self._waiting.join()

    def _work(self) -> None:
        while True:
            batch = [self._waiting.get(), *self._more()]
            try:
                services.note_all([(public_id, self._reader.read(text)) for public_id, text in batch])
            except Exception as error:  # noqa: BLE001 -- the messages are stored; the sweep looks at them
                logger.error("Messages could not be looked at: %s", type(error).__name__)
            finally:
                connections.close_all()  # that is, given back to the pool
                for _one in batch:
                    self._waiting.task_done()

    def _more(self) -> list[tuple[UUID, str]]:
        found = []
        while len(found) < TOGETHER - 1:
            try:
                found.append(self._waiting.get_nowait())
            except Empty:
                break
        return found


desk = Desk()  # of this process
