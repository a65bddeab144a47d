"""People ask for help while Valkey, the worker, the web process and PostgreSQL are killed in the middle of alarms."""

import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from operator import itemgetter

import pytest
from django.utils import timezone

from emergency.choices import Rung
from tests.support.cast import make_person
from tests.support.killable import Killable
from tests.support.logs import personal
from tests.support.pressing import on_duty, press_for_help, press_to_take, psychologists
from tests.support.urgent_settings import SECONDS
from tests.support.visitor import Visitor
from tests.support.waiting import until

ASKERS = 24  # every second one is answered: two psychologists press at once to take it
RUNGS = [Rung.DUTY, Rung.NEXT, Rung.ALL, Rung.ADMINS]
WAIT, LATE = timedelta(seconds=SECONDS), timedelta(seconds=10)
LOOK = timedelta(seconds=2)  # within which a worker has seen that something is due
EARLY = timedelta(seconds=1)  # a wait begins when the timer is looked at, a moment before the step is written
STEPS = """
SELECT request.public_id::text, step.what, step.rung, step.at, step.xmin::text FROM emergency_step step
JOIN emergency_helprequest request ON request.id = step.request_id ORDER BY step.at, step.id
"""
CLAIMS = """
SELECT request.public_id::text, count(*) FROM emergency_claim claim
JOIN emergency_helprequest request ON request.id = claim.request_id WHERE part = 'main' GROUP BY 1
"""
REQUESTS = "SELECT public_id::text FROM emergency_helprequest"
CALLING = "SELECT count(*) FROM emergency_helprequest WHERE state = 'open' AND rung < 5"
CALLED = "SELECT count(*), count(DISTINCT (user_id, data)) FROM notifications_notification WHERE kind LIKE 'urgent%'"


class Story:
    """What people do, each in a thread, and what was away meanwhile."""

    def __init__(self, site: Killable, askers: list[Visitor], takers: list[Visitor]):
        self.site, self.takers, self.visitors = site, takers, [*askers, *takers]
        self.askers, self.pairs = enumerate(askers), itertools.cycle(itertools.combinations(takers, 2))
        self.threads = ThreadPoolExecutor(3 * ASKERS)
        self.asked: list[Future] = []
        self.away: list[tuple[str, datetime, datetime]] = []

    def some_ask(self, count: int) -> None:
        """Let the next people press for help now; every second one is answered at once."""
        for number, asker in itertools.islice(self.askers, count):
            pair = next(self.pairs) if number % 2 else ()
            self.asked.append(self.threads.submit(self._ask, asker, pair))

    def _ask(self, asker: Visitor, pair: tuple[Visitor, ...]) -> tuple[str, bool]:
        public_id = press_for_help(asker)
        for taking in [self.threads.submit(press_to_take, taker, public_id) for taker in pair]:
            taking.result()
        return public_id, bool(pair)

    @contextmanager
    def without(self, what: str, kill: Callable[[], None]) -> Iterator[None]:
        """Kill something between presses, and let it be away until timers have come due."""
        self.some_ask(2)
        kill()
        begin = timezone.now()
        self.some_ask(2)
        until(lambda: timezone.now() > begin + WAIT)
        yield
        self.away.append((what, begin, timezone.now()))

    def end(self) -> tuple[list[str], list[str]]:
        """Wait until all have their answer and nobody is left to call; return what was taken, and what was left."""
        found = [future.result(60) for future in self.asked]
        until(lambda: self.site.ask(CALLING) == [(0,)], 60)
        return [one for one, taken in found if taken], [one for one, taken in found if not taken]

    def late(self) -> list[timedelta]:
        """Return how late each further call came; while no timer could be looked at, from when it could be again.

        Who looks late calls all rungs that are due, in one transaction; the next wait begins then.
        """
        found: list[timedelta] = []
        calls = [row for row in self.site.ask(STEPS) if row[1] in {"alarmed", "nobody"}]
        for _request, rows in itertools.groupby(sorted(calls, key=itemgetter(0)), itemgetter(0)):
            due = None
            for (*_before, came, together), (*_what, at, transaction) in itertools.pairwise(rows):
                due = (due if due and together == transaction else came) + WAIT
                found.append(at - self._possible(due, at))
        return found

    def _possible(self, due: datetime, at: datetime) -> datetime:
        for what, begin, end in self.away:
            if what in {"worker", "postgres"} and begin - LOOK <= due <= end:
                return max(due, min(end, at))
        return due


@pytest.fixture
def start(transactional_db, tmp_path, mail_server) -> Iterator[Callable[[], Killable]]:
    """Return what starts everything, with all that is in the test's database by then."""
    running: list[Killable] = []

    def start() -> Killable:
        site = Killable(tmp_path, mail_server, DJANGO_SETTINGS_MODULE="tests.support.urgent_settings")
        running.append(site)
        site.start_web()
        site.start_worker()
        site.wait_for_web()
        site.wait_for_worker()
        return site

    yield start
    for site in running:
        site.end()
        assert personal(site.log.read_text()) == []


@pytest.fixture
def story(start, as_person) -> Story:
    """People of all rungs, and those who are going to ask."""
    duty, later = psychologists("duty", 4), psychologists("next", 2)
    on_duty(*duty)
    on_duty(*later, begins_in=timedelta(hours=1))
    psychologists("other", 2)
    make_person("admin", is_staff=True, is_superuser=True)
    askers = [as_person(make_person(f"asker-{number}")) for number in range(ASKERS)]
    takers = [as_person(person) for person in duty]
    site = start()
    return Story(site, *([Visitor(site.address, browser) for browser in side] for side in (askers, takers)))


def test_no_request_is_lost_or_doubled_and_all_climb_in_time_whatever_is_killed_meanwhile(story, capsys):
    site, begin = story.site, time.monotonic()
    story.some_ask(4)
    until(lambda: any(future.done() for future in story.asked), 40)
    with story.without("valkey", site.valkey.kill):
        site.valkey.start()
    with story.without("worker", site.kill_worker):
        site.forget_worker()
        site.start_worker()
        site.wait_for_worker()
    with story.without("web", site.kill_web):
        site.start_web()
        site.wait_for_web()
    with story.without("postgres", site.postgres.kill):
        site.postgres.start()
        site.wait_for_worker()
    with story.takers[0].socket() as page:
        story.some_ask(ASKERS)  # all who are left
        until(lambda: json.loads(page.recv(30))["type"] == "urgent.alarm")
    taken, left = story.end()

    everybody, steps, late = [*taken, *left], site.ask(STEPS), story.late()
    assert len(everybody) == ASKERS
    assert sorted(site.ask(REQUESTS)) == sorted((request,) for request in everybody)
    assert dict(site.ask(CLAIMS)) == dict.fromkeys(taken, 1)
    once = Counter((request, what, rung) for request, what, rung, _at, _in in steps)
    assert set(once.values()) == {1}
    for request in left:
        assert [rung for one, what, rung, _at, _in in steps if (one, what) == (request, "alarmed")] == RUNGS
    assert {(request, "opened", None) for request in everybody} | {(one, "taken", None) for one in taken} <= once.keys()
    assert {request for request, what, _rung, _at, _in in steps if what == "nobody"} == set(left)
    ((called, once_each),) = site.ask(CALLED)
    assert called == once_each
    assert min(late) > -EARLY
    assert max(late) < LATE
    with capsys.disabled():
        sys.stdout.write(
            f"\n{ASKERS} asked, {len(taken)} taken by one each, {len(left)} left climbed {len(RUNGS)} rungs each, "
            f"{called} calls to people; {sum(visitor.repeated for visitor in story.visitors)} tries without an answer; "
            f"latest call {max(late).total_seconds():.1f} s late; {time.monotonic() - begin:.0f} s\n"
        )
