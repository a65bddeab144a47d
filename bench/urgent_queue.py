"""The queue and the alarm with very many open requests: `python -m bench.urgent_queue OPEN`.

Prints JSON: queries and milliseconds of each page, with that many and with a few.
"""

import json
import sys
import time
from statistics import median
from typing import Any

FEW, TIMES = 10, 20
PAGES = {"queue": "/kk/urgent/", "alarm": "/kk/urgent/alarm/"}


def _open(count: int) -> None:
    from emergency.choices import Origin, Rung
    from emergency.models import HelpRequest
    from emergency.risk.levels import Level

    levels = [Level.HIGH, Level.IMMINENT]
    HelpRequest.objects.bulk_create(
        HelpRequest(
            code=f"bench-{number}", level=levels[number % 2], origin=Origin.BUTTON, language="kk", rung=Rung.DUTY
        )
        for number in range(count)
    )


def _measure(cookie: str, path: str) -> tuple[int, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, took = Client(SERVER_NAME="127.0.0.1"), []
    given: dict[str, Any] = {"HTTP_COOKIE": cookie}
    client.get(path, **given)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, **given)
        queries = len(captured)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    for _time in range(TIMES):
        begin = time.perf_counter()
        client.get(path, **given)
        took.append(time.perf_counter() - begin)
    return queries, 1000 * median(took)


def main(many: int) -> None:
    """Measure the queue of somebody on duty with a few requests open, then with many."""
    import django

    django.setup()
    from bench import urgent_people
    from emergency.choices import GOES_ON
    from emergency.models import HelpRequest

    ((_user, cookie),) = urgent_people.on_duty(1)
    found = []
    for count in (FEW, many):
        HelpRequest.objects.filter(state__in=GOES_ON).delete()
        _open(count)
        found.append({name: _measure(cookie, path) for name, path in PAGES.items()})
    print(json.dumps({"few": FEW, "found": found}))


if __name__ == "__main__":
    main(int(float(sys.argv[1])))
