"""Waiting for a condition, never for an amount of time."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(condition: Callable[[], T], seconds: float = 15) -> T:
    """Return the first truthy answer of `condition`; fail when none comes in time."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"nothing after {seconds} s: {condition}")
        threading.Event().wait(0.02)
    return answer
