"""How much one person may ask of a process: nobody who means it gets there."""

import time

from django.conf import settings

SECONDS = 5  # in which CHAT_BURST messages may come; then they come at that rate
ASKS = 5  # frames of every kind for one message
PATIENCE = 100  # refusals without a pause, after which a socket is closed
MOST_SOCKETS = 20  # of one person with one process


class Bucket:
    """So many at once, and then as many in each SECONDS."""

    __slots__ = ("_at", "_left", "most")

    def __init__(self, most: int):
        self.most, self._left, self._at = most, float(most), time.monotonic()

    def take(self) -> bool:
        """Say whether there is one more."""
        now = time.monotonic()
        self._left = min(self.most, self._left + (now - self._at) * self.most / SECONDS)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Person:
    """What one person does over all their sockets with this process."""

    __slots__ = ("asks", "lines", "messages")

    def __init__(self) -> None:
        self.lines = 0
        self.messages, self.asks = Bucket(settings.CHAT_BURST), Bucket(settings.CHAT_BURST * ASKS)
