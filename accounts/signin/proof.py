"""Proof-of-work: a browser counts for a second so that a machine cannot try thousands of times; people notice nothing.

Who has no JavaScript is not shut out, only slower: see `allowed`.
"""

import base64
import hashlib
import json
import secrets
import time

import altcha
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from accounts.signin import addresses

FIELD = "altcha"
ALGORITHM = "SHA-256"
LIFETIME = 20 * 60  # seconds; the page asks for a new challenge by itself
MEMORY = 60 * 60  # seconds for which failures call for a proof
FAILURES = 3
LONGEST = 4000  # characters of a solution


def _key(secret: str | None = None) -> str:
    return salted_hmac("accounts.signin.proof", "altcha", secret=secret, algorithm="sha256").hexdigest()


def challenge() -> dict[str, object]:
    """Return a new challenge as altcha's worker takes it."""
    hardest = settings.PROOF_OF_WORK
    made = altcha.create_challenge(
        ALGORITHM,
        1,
        counter=hardest // 4 + secrets.randbelow(hardest - hardest // 4),
        expires_at=int(time.time()) + LIFETIME,
        hmac_secret=_key(),
    )
    return made.to_dict()


def is_solved(solution: str) -> bool:
    """Say whether this is the solution of a challenge of ours, in time and for the first time."""
    if not solution or len(solution) > LONGEST:
        return False
    try:
        answer = json.loads(base64.b64decode(solution, validate=True))
        nonce = answer["challenge"]["parameters"]["nonce"]
        if not isinstance(answer["challenge"]["parameters"]["expiresAt"], int):
            return False
        keys = [_key(), *(_key(old) for old in settings.SECRET_KEY_FALLBACKS)]
        if not any(altcha.verify_solution(solution, key).verified for key in keys):
            return False
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return False
    return cache.add(f"proof:used:{_short(str(nonce))}", 1, LIFETIME + 60)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]


def _counts(request: HttpRequest, account: str) -> list[str]:
    return [f"proof:failed:{_short(what)}" for what in (f"address {addresses.client(request)}", f"account {account}")]


def failed(request: HttpRequest, account: str) -> None:
    """Count a failure of this account and of this address."""
    for name in _counts(request, account):
        cache.add(name, 0, MEMORY)
        try:
            cache.incr(name)
        except ValueError:  # it ended between the two
            cache.set(name, 1, MEMORY)


def succeeded(account: str) -> None:
    """Forget the failures of an account; those of the address count on, for they may be somebody else's."""
    cache.delete(f"proof:failed:{_short(f'account {account}')}")


def is_wanted(request: HttpRequest, account: str = "") -> bool:
    """Say whether signing in calls for a proof: after three failures of this account or from this address."""
    try:
        counts = cache.get_many(_counts(request, account))
    except RedisError:  # the page stands without it, and the lock-out does not need it
        return False
    return any(count >= FAILURES for count in counts.values())


def allowed(request: HttpRequest, solution: str, what: str, most: int, seconds: int) -> bool:
    """Say whether an attempt may go on: with a solution always, without one `most` times in `seconds`.

    `what` names the attempt; it is counted for this address.
    """
    if is_solved(solution):
        return True
    window = int(time.time()) // seconds
    name = f"proof:without:{_short(f'{what} {addresses.client(request)} {window}')}"
    if cache.add(name, 1, seconds):
        return True
    try:
        return cache.incr(name) <= most
    except ValueError:
        return True
