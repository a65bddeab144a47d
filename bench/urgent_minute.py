"""A minute in which very many ask for help, in a process of its own: `python -m bench.urgent_minute REQUESTS`.

Its last line is JSON: milliseconds from each press to the message on each page, and what became of the requests.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import pairwise
from typing import Any

from bench.urgent_load import Load

DUTY, OTHERS = 20, 10  # psychologists
PACE = 0.3  # seconds from one press to the next: 200 in a minute
LEFT = 5  # each fifth is taken by nobody
QUIET = 20  # times that each way is measured with nothing else going on; one before is not counted
PATIENCE = 200  # seconds after the minute until all are claimed or escalated
CHANCE = random.Random(7)  # noqa: S311 -- the same in every run
WEB = ("wsgi", "bench.urgent_pages:served", "--blocking-threads", "4")
LIVE = ("asginl", "bench.bell_server:served", "--ws")
GROUP = "bare.all"


async def _minute(load: Load, askers: list[str]) -> dict[str, Any]:
    """Let each ask at their moment, a bare press stand between two of theirs, and two on duty take most at once.

    Messages name no request: the first that comes to a page is taken for that of the first press, and so on.
    """
    begin, pressed, bare, load.fetches = time.perf_counter() + 1, [], [], True
    before = len(load.pages[0].alarms)

    async def one(number: int, cookie: str) -> None:
        moment, request = await load.ask(cookie)
        pressed.append(moment)
        if number % LEFT:
            first = CHANCE.randrange(DUTY)
            await asyncio.gather(*(load.take(load.pages[place], request) for place in (first, first - 1)))

    async def one_bare(cookie: str) -> None:
        bare.append(await load.ask_bare(cookie))

    async def at(seconds: float, act: Any, *given: Any) -> None:
        await asyncio.sleep(begin + seconds - time.perf_counter())
        await act(*given)

    turns = [at(PACE * number, one, number, cookie) for number, cookie in enumerate(askers)]
    turns += [at(PACE * (number + 0.5), one_bare, cookie) for number, cookie in enumerate(askers)]
    await asyncio.gather(*turns)
    await load.heard(lambda page: len(page.alarms) - before >= len(askers) and len(page.bare) == load.number)
    await load.settle()
    times = [pair for page in load.pages for pair in zip(sorted(pressed), page.alarms[before:], strict=False)]
    return {
        "urgent": [1000 * (heard - moment) for moment, heard in times],
        "bare": [1000 * (page.bare[number] - moment) for page in load.pages for moment, number in bare],
        "heard": sum(len(page.alarms) - before for page in load.pages),
    }


async def _quiet(load: Load, people: list[tuple[Any, str]]) -> dict[str, list[float]]:
    """Measure each way of telling all pages alone, in an order by chance, nothing fetched; the first round warms."""
    ways = {"urgent": _press, "bare": _bare_press, "committed": _commit, "broadcast": _broadcast}
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number, person in enumerate(people):
        for name in CHANCE.sample(sorted(ways), len(ways)):
            took = await ways[name](load, *person)
            await asyncio.to_thread(_end, person[0])
            found[name] += [1000 * seconds for seconds in took] if number else []
    return found


async def _press(load: Load, _user: Any, cookie: str) -> list[float]:
    known = [len(page.alarms) for page in load.pages]
    begin, _request = await load.ask(cookie)
    return await _alarmed(load, known, begin)


async def _alarmed(load: Load, known: list[int], begin: float) -> list[float]:
    await load.heard(lambda page: len(page.alarms) > known[load.pages.index(page)])
    return [page.alarms[-1] - begin for page in load.pages]


async def _commit(load: Load, user: Any, _cookie: str) -> list[float]:
    """Open a request in this process; what counts begins when it is committed."""
    known = [len(page.alarms) for page in load.pages]
    begin = await asyncio.to_thread(_open, user)
    return await _alarmed(load, known, begin)


def _open(user: Any) -> float:
    from django.db import transaction

    from emergency.choices import Origin
    from emergency.requests.services import open_request
    from emergency.risk.levels import Level

    moments: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: moments.append(time.perf_counter()))
        open_request(user=user, level=Level.HIGH, origin=Origin.BUTTON, language="kk")
    return moments[0]


async def _bare_press(load: Load, _user: Any, cookie: str) -> list[float]:
    begin, number = await load.ask_bare(cookie)
    return await _told(load, number, begin)


async def _broadcast(load: Load, _user: Any, _cookie: str) -> list[float]:
    """Send to the group of all pages from here, through a connection that stays."""
    from channels.layers import get_channel_layer

    load.number += 1
    begin, number = time.perf_counter(), load.number
    await get_channel_layer().group_send(GROUP, {"type": "news", "said": {"type": "bare", "number": number}})
    return await _told(load, number, begin)


async def _told(load: Load, number: int, begin: float) -> list[float]:
    await load.heard(lambda page: number in page.bare)
    return [page.bare[number] - begin for page in load.pages]


def _end(user: Any) -> None:
    from emergency.choices import GOES_ON
    from emergency.requests.services import end

    for request in user.help_requests.filter(state__in=GOES_ON):
        end(request=request)


# What became of them


async def _became(askers: list[Any], pressed: int) -> dict[str, Any]:
    """Wait until each request is claimed or escalated; count them."""
    until = time.perf_counter() + PATIENCE
    while (found := await asyncio.to_thread(_count, askers))["waits"] and time.perf_counter() < until:
        await asyncio.sleep(1)
    return found | {"asked": pressed}


def _count(askers: list[Any]) -> dict[str, Any]:
    """Return how many there are, claimed, escalated or neither, and by how many seconds each further call was late."""
    from django.conf import settings

    from emergency.choices import Happened, Part
    from emergency.models import Claim, HelpRequest, Step

    requests = set(HelpRequest.objects.filter(user__in=askers).values_list("pk", flat=True))
    claims = Counter(Claim.objects.filter(request__in=requests, part=Part.MAIN).values_list("request", flat=True))
    calls: dict[int, list[Any]] = {}
    steps = Step.objects.filter(request__in=requests, what__in=[Happened.ALARMED, Happened.NOBODY]).order_by("at")
    for request, at in steps.values_list("request", "at"):
        calls.setdefault(request, []).append(at)
    wait = timedelta(minutes=settings.URGENT_MINUTES["high"])
    climbed = {request for request, at in calls.items() if len(at) > 1}
    return {
        "opened": len(requests),
        "claimed": len(claims),
        "twice": sum(count > 1 for count in claims.values()),
        "escalated": len(climbed - claims.keys()),
        "waits": len(requests - claims.keys() - climbed),
        "late": [(b - a - wait).total_seconds() for request in climbed for a, b in pairwise(calls[request][:2])],
    }


# The servers


@contextmanager
def served(interface: str, application: str, *more: str) -> Iterator[int]:
    """Serve an application with two processes; yield its port."""
    import socket

    from bench import serving

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving.running(serving._granian(interface, application, *more), port):
        yield port


@contextmanager
def _worker() -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


async def _measure(web: int, live: int, duty: list[str], quiet: list[Any], askers: list[Any]) -> dict[str, Any]:
    from aiohttp import ClientSession, TCPConnector

    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        load = Load(session, web, live, duty)
        await load.open()
        _say("one press after the other ...")
        alone = await _quiet(load, quiet)
        _say("the minute begins")
        minute = await _minute(load, [cookie for _user, cookie in askers])
        _say("waiting until each is claimed or escalated ...")
        became = await _became([user for user, _cookie in askers], len(askers))
        return {"quiet": alone, "minute": minute, "became": became, "answers": load.answers}


def main(requests: int) -> None:
    """Fill a new database, start everything, and measure."""
    import django

    from emocare.local import messages

    messages.compile_all()
    django.setup()
    from django.core.management import call_command

    from accounts.choices import Role
    from bench import urgent_people

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    duty = [cookie for _user, cookie in urgent_people.on_duty(DUTY)]
    urgent_people.make(OTHERS, role=Role.PSYCHOLOGIST)
    urgent_people.make(1, is_staff=True)
    quiet, askers = urgent_people.make(QUIET + 1), urgent_people.make(requests)
    with ExitStack() as stack:
        stack.enter_context(_worker())
        web, live = (stack.enter_context(served(*server)) for server in (WEB, LIVE))
        found = asyncio.run(_measure(web, live, duty, quiet, askers))
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(float(sys.argv[1])))
