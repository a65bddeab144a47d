"""What one page costs inside one process: `python -m bench.inside SECONDS` reads cookies as JSON.

Prints JSON: for each address the most queries, milliseconds a page, and milliseconds of them spent decrypting.
"""

import json
import sys
import time
from itertools import cycle
from typing import Any


class Stopwatch:
    """Measure the time that a function takes, all calls together."""

    def __init__(self, function: Any):
        self.function, self.seconds, self.calls = function, 0.0, 0

    def __call__(self, *args: Any) -> Any:
        begin = time.perf_counter()
        try:
            return self.function(*args)
        finally:
            self.seconds += time.perf_counter() - begin
            self.calls += 1


def _most_queries(client: Any, path: str, cookies: list[str]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for cookie in cookies:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path, HTTP_COOKIE=cookie)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
        counts.append(len(captured))
    return max(counts)


def _time(client: Any, path: str, cookies: list[str], seconds: float) -> dict[str, float]:
    from emocare import crypto

    watch = crypto.decrypt = Stopwatch(crypto.decrypt)
    pages, begin = 0, time.perf_counter()
    for cookie in cycle(cookies):
        client.get(path, HTTP_COOKIE=cookie)
        pages += 1
        if (total := time.perf_counter() - begin) > seconds:
            break
    crypto.decrypt = watch.function
    return {
        "milliseconds": total * 1000 / pages,
        "decrypting": watch.seconds * 1000 / pages,
        "texts": watch.calls / pages,
    }


def main(seconds: float) -> None:
    """Measure each address of the tracker's benchmark."""
    import django

    django.setup()
    from django.test import Client

    from bench.tracker import PAGES

    cookies = json.load(sys.stdin)
    client = Client(SERVER_NAME="127.0.0.1")
    print(
        json.dumps(
            {
                path: {"queries": _most_queries(client, path, cookies), **_time(client, path, cookies, seconds)}
                for path in PAGES.values()
            }
        )
    )


if __name__ == "__main__":
    main(float(sys.argv[1]))
