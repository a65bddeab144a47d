"""The push services of the browsers' makers: the only hosts that messages for browsers go to.

An entry is a host name, `*.` and a domain for every name below it, or a whole origin (tests listen on loopback).
"""

import re
from collections.abc import Iterable

USUAL = (
    "fcm.googleapis.com,updates.push.services.mozilla.com,*.push.services.mozilla.com,*.push.apple.com,"
    "*.notify.windows.com"
)
LONGEST = 2000  # characters of an address
# Nothing that two readers of addresses could understand in two ways: no name and password, no port, no backslash.
ADDRESS = re.compile(r"https://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)/[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")


def is_one(address: str, services: Iterable[str]) -> bool:
    """Say whether an address is one of a push service that is allowed."""
    if len(address) > LONGEST:
        return False
    if any("://" in entry and re.fullmatch(re.escape(entry) + r"/[A-Za-z0-9/_-]+", address) for entry in services):
        return True
    match = ADDRESS.fullmatch(address)
    return bool(match) and any(_is(match["host"], entry) for entry in services)


def _is(host: str, entry: str) -> bool:
    return host.endswith(entry[1:]) if entry.startswith("*.") else host == entry
