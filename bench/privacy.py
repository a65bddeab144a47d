"""What the journal and the checks of who may see what cost on a page, against the same page without them.

docs/performance.md says what is measured and how the references are made.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench import people, report, tracker
from bench.report import Metric
from emocare.local import environment

OWNERS, ENTRIES_EACH = 50, people.PER_PERSON
REQUESTS = int(os.environ.get("BENCH_REQUESTS") or 1500)  # of each page and way; the ways take turns
WARM = 2  # turns that are not counted
ALL, NO_JOURNAL, NO_CHECKS = "all", "without the journal", "without the checks"


def _supported(owners: list[Any], supporter: Any) -> list[str]:
    """Let somebody see moods and notes of these people; return the addresses."""
    from datetime import timedelta

    from django.utils import timezone

    from accounts.kin import links
    from accounts.kin.choices import Right, SupportKind
    from accounts.models import Support

    now = timezone.now()
    made = [
        Support(
            owner=owner,
            supporter=supporter,
            kind=SupportKind.CARER,
            rights=[Right.SEE_MOODS, Right.SEE_NOTES],
            digest=links.digest("support", links.new_code()),
            accepted_at=now,
            link_expires_at=now + timedelta(days=1),
            until=now + timedelta(days=30),
        )
        for owner in owners
    ]
    return [f"/kk/mood/of/{support.public_id}/" for support in Support.objects.bulk_create(made)]


def _helped(owners: list[Any], helper: Any) -> list[str]:
    """Let a volunteer help these people; return the addresses."""
    from django.utils import timezone

    from accounts.helping.choices import How, State
    from accounts.models import Assignment

    now = timezone.now()
    how = {"role": helper.role, "how": How.REQUEST, "state": State.ACTIVE, "asked_at": now, "started_at": now}
    Assignment.objects.bulk_create([Assignment(user=owner, helper=helper, **how) for owner in owners])
    return [f"/kk/people/{owner.public_id}/" for owner in owners]


def _pages() -> dict[str, list[tuple[str, str]]]:
    """Make people; return for each kind of page addresses with the cookie of who asks."""
    from accounts.choices import Role
    from accounts.models import User

    keys = people.make_people(OWNERS + 2)
    people._copy(keys[:OWNERS])
    User.objects.filter(pk=keys[-1]).update(role=Role.VOLUNTEER)
    owners = list(User.objects.filter(pk__in=keys[:OWNERS]))
    supporter, volunteer = (User.objects.get(pk=key) for key in keys[OWNERS:])
    theirs, his = people.cookie_of(supporter.pk), people.cookie_of(volunteer.pk)
    return {
        "supporter's moods": [(path, theirs) for path in _supported(owners, supporter)],
        "person helped": [(path, his) for path in _helped(owners, volunteer)],
        "own tracker": [("/kk/mood/", people.cookie_of(owner.pk)) for owner in owners],
    }


@contextmanager
def _replaced(places: list[tuple[Any, str, Any]]) -> Iterator[None]:
    kept = [getattr(module, name) for module, name, _new in places]
    for module, name, new in places:
        setattr(module, name, new)
    try:
        yield
    finally:
        for (module, name, _new), old in zip(places, kept, strict=True):
            setattr(module, name, old)


def _ways() -> tuple[Any, dict[str, list[tuple[Any, str, Any]]]]:
    """Return a client, and for each way of answering it what is replaced meanwhile."""
    from django.test import Client

    from accounts import events
    from accounts.factors.middleware import FactorMiddleware
    from accounts.helping import access as helping
    from accounts.kin import access as kin
    from accounts.kin.gate import ConsentMiddleware
    from accounts.models import Assignment, Support

    def silent(**_of_whom: Any) -> None:
        """Write nothing."""

    def any_support(_supporter: Any, public_id: Any, _right: Any = None) -> Support:
        return Support.objects.select_related("owner").get(public_id=public_id)

    def any_help(_helper: Any, public_id: Any) -> Assignment:
        return Assignment.objects.select_related("user__profile").get(user__public_id=public_id)

    client = Client(SERVER_NAME="127.0.0.1")
    client.handler.load_middleware()
    gates = client.handler._view_middleware  # where those of the middlewares that can refuse a page do it
    open_gates = [gate for gate in gates if not isinstance(gate.__self__, FactorMiddleware | ConsentMiddleware)]
    return client, {
        ALL: [],
        NO_JOURNAL: [(events, "looked", silent), (events, "looked_at_all", silent)],
        NO_CHECKS: [
            (kin, "get_support_for", any_support),
            (helping, "get_help_for", any_help),
            (client.handler, "_view_middleware", open_gates),
        ],
    }


def _asked(client: Any, path: str, cookie: str) -> float:
    """Return how many milliseconds a page took."""
    begin = time.perf_counter()
    response = client.get(path, HTTP_COOKIE=cookie)
    took = time.perf_counter() - begin
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return took * 1000


def _queries(client: Any, path: str, cookie: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _asked(client, path, cookie)
    return sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in captured.captured_queries)


def _measure(pages: list[tuple[str, str]], requests: int) -> dict[str, dict[str, float]]:
    """Return median milliseconds and queries of each way; the ways take turns, each with a request to every page."""
    client, ways = _ways()
    turns, chance = list(ways), random.Random(1)  # noqa: S311 -- the same in every run
    found = {way: {"queries": 0.0} for way in ways}
    measured: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(WARM + max(1, requests // len(pages))):
        chance.shuffle(turns)
        for way in turns:
            with _replaced(ways[way]):
                taken = [_asked(client, path, cookie) for path, cookie in pages]
                if turn == 0:
                    found[way]["queries"] = _queries(client, *pages[0])
            if turn >= WARM:
                measured[way] += taken
    return {
        way: found[way] | {"median ms": statistics.median(taken), "10 % ms": statistics.quantiles(taken, n=10)[0]}
        for way, taken in measured.items()
    }


def main(requests: int) -> None:
    """Migrate, fill, measure, and print what was found as JSON."""
    import django

    from emocare.local import messages

    messages.compile_all()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    print(json.dumps({page: _measure(pages, requests) for page, pages in _pages().items()}))


def _metrics(found: dict[str, dict[str, dict[str, float]]]) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {}
    for page, ways in found.items():
        for without in (NO_JOURNAL, NO_CHECKS):
            if page == "own tracker" and without == NO_JOURNAL:
                continue  # nothing is written there
            metrics |= {
                f"{page}: queries, {without} and 1": Metric(ways[ALL]["queries"], ways[without]["queries"] + 1),
            }
            metrics |= {
                f"{page}: {of}, {without}": Metric(ways[ALL][of], ways[without][of]) for of in ("median ms", "10 % ms")
            }
    return metrics


def run() -> None:
    """Measure pages that look at somebody's data, and one of the person's own; BENCH_REQUESTS makes a small try."""
    environment.activate()
    with tracker.with_variables(tracker.PRODUCTION), tracker.new_database("privacy") as url:
        os.environ["DATABASE_URL"] = url
        found = json.loads(tracker.run_child("bench.privacy", REQUESTS))
    report.publish_each("privacy", f"medians of {REQUESTS} requests in turns, production settings", _metrics(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
