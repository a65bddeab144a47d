"""A flood of presses from one address, in a process of its own: `python -m bench.urgent_flood PRESSES`.

Meanwhile people with an account press for the first time, and people without one from another address; then some press
several times at once. Its last line is JSON: what became of all.
"""

import asyncio
import json
import sys
import uuid
from collections import Counter
from typing import Any

from bench.urgent_load import ASK, TOKEN
from bench.urgent_minute import WEB, served

AT_ONCE = 16  # presses of the flood
FIRST = 20  # presses of others meanwhile, of each sort
AGAIN = 5  # times that each of as many presses one form at once
ELSEWHERE = "127.0.0.2"
NOBODY = f"__Host-csrftoken={TOKEN['csrfmiddlewaretoken']}"  # the cookies of somebody who was never here


async def _press(session: Any, port: int, cookie: str, key: str) -> str:
    """Press for help; return whether it was opened, or what was answered."""
    given = {"data": TOKEN | {"form_key": key}, "headers": {"Cookie": cookie}, "allow_redirects": False}
    async with session.post(f"http://127.0.0.1:{port}{ASK}", **given) as answer:
        await answer.read()
        return "opened" if answer.status == 302 else str(answer.status)


def _key() -> str:
    return str(uuid.uuid4())


async def _flood(session: Any, port: int, presses: int) -> Counter:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one() -> str:
        async with gate:
            return await _press(session, port, NOBODY, _key())

    return Counter(await asyncio.gather(*(one() for _press in range(presses))))


async def _measure(port: int, presses: int, known: list[str], twice: list[str]) -> dict[str, Any]:
    from aiohttp import ClientSession, DummyCookieJar, TCPConnector

    def browser(**where: Any) -> Any:
        return ClientSession(connector=TCPConnector(limit=0, **where), cookie_jar=DummyCookieJar())

    async with browser() as here, browser(local_addr=(ELSEWHERE, 0)) as elsewhere:
        flood = asyncio.create_task(_flood(here, port, presses))
        first: Counter = Counter()
        for cookie in known:
            first[await _press(here, port, cookie, _key())] += 1
            first[await _press(elsewhere, port, NOBODY, _key())] += 1
        during = not flood.done()
        flooded = await flood
        keys = {cookie: _key() for cookie in twice}
        again = Counter(
            await asyncio.gather(
                *(_press(here, port, cookie, keys[cookie]) for cookie in twice for _time in range(AGAIN))
            )
        )
    return {"flood": flooded, "first": first, "during": during, "again": again}


def main(presses: int) -> None:
    """Flood the site on the database that is there."""
    import django

    django.setup()
    from bench import urgent_people
    from emergency.models import HelpRequest

    known, twice = (urgent_people.make(FIRST) for _part in range(2))
    with served(*WEB) as port:
        found = asyncio.run(_measure(port, presses, *([cookie for _user, cookie in part] for part in (known, twice))))
    requests = HelpRequest.objects.filter(user__in=[user for user, _cookie in twice]).count()
    print(json.dumps(found | {"people": len(twice), "requests": requests}))


if __name__ == "__main__":
    main(int(float(sys.argv[1])))
