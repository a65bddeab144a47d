"""A server in front of the site that can answer some addresses otherwise: as the site of another day would."""

import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.support.http_server import Handler, serving

Change = Callable[[bytes], bytes | int]  # returns what is sent instead, or the status of a refusal
NOT_PASSED = {"connection", "transfer-encoding", "content-length", "content-encoding", "date", "server"}


class Relay:
    """Passes everything on to the site but what `changes` says of an address' end."""

    def __init__(self, site: str):
        self.site = urlsplit(site).netloc
        self.changes: dict[str, Change] = {}
        self.address = ""

    def pass_on(self, handler: Handler) -> None:
        line = http.client.HTTPConnection(self.site, timeout=20)
        headers = {name: value for name, value in handler.headers.items() if name.lower() != "accept-encoding"}
        line.request("GET", handler.path, headers=headers)
        got = line.getresponse()
        body, status = got.read(), got.status
        for end, change in self.changes.items():
            if handler.path.endswith(end):
                changed = change(body)
                body, status = (b"", changed) if isinstance(changed, int) else (changed, status)
        handler.answer(status, body, {n: value for n, value in got.getheaders() if n.lower() not in NOT_PASSED})
        line.close()


@contextmanager
def relayed(site: str) -> Iterator[Relay]:
    """Start a relay to the site on a port of its own."""
    relay = Relay(site)

    class Passing(Handler):
        def do_GET(self) -> None:
            relay.pass_on(self)

    with serving(Passing) as server:
        relay.address = f"http://127.0.0.1:{server.server_port}"
        yield relay
