"""A flood from one address must not bury those who wait; nobody's first call for help is refused because of it.

It counts for nobody who is signed in, and for others only while very many requests without an account are open.
"""

import time

from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from accounts.signin import addresses, proof
from emergency.choices import State
from emergency.models import HelpRequest

MANY_OPEN = 100  # requests without an account that wait, before anything is counted
MOST = 200  # in an hour from one address; a whole school, hospital or operator's network may stand behind it
HOUR = 3600  # seconds
ONE_IN = 20  # seconds in which an address has one more without a proof


def is_crowded(request: HttpRequest) -> bool:
    """Say whether a form must bring a proof of work, because hundreds came from this address within the hour."""
    if HelpRequest.objects.filter(user=None, state=State.OPEN).count() < MANY_OPEN:
        return False
    try:
        return cache.get(_name(request), 0) >= MOST
    except RedisError:
        return False


def count(request: HttpRequest) -> None:
    """Count one that was opened without an account."""
    try:
        cache.add(_name(request), 0, HOUR)
        cache.incr(_name(request))
    except (RedisError, ValueError):  # it ended between the two
        return


def may_open(request: HttpRequest, solution: str) -> bool:
    """Say whether a crowded address may open one more: with a solution at once, without one every few seconds."""
    try:
        return proof.allowed(request, solution, "urgent help", 1, ONE_IN)
    except RedisError:
        return True


def _name(request: HttpRequest) -> str:
    return f"urgent:opened:{addresses.client(request)}:{int(time.time()) // HOUR}"
