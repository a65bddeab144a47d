"""Wait for a condition with a deadline."""

import time
from collections.abc import Callable


def until(condition: Callable[[], object], seconds: float, pause: float = 0.02) -> bool:
    """Ask again and again until the condition holds; say whether it did in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)  # noqa: TID251
    return True
