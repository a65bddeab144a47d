"""Around sockets, within their tracing: what the shake of hands alone needs does not stay for the whole talk."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any


class Straight:
    """Call what a consumer put into the scope's `then` once all layers inside are done, past them.

    Each layer looks at an open socket once, and keeps a copy of the scope with the session and the person until it
    ends: of ten thousand sockets that nobody writes on, that is most of what they cost.
    """

    def __init__(self, inner: Callable[..., Awaitable[None]]):
        self.inner = inner

    async def __call__(self, scope: MutableMapping[str, Any], receive: Callable, send: Callable) -> None:
        then: list[Callable[[Callable, Callable], Awaitable[None]]] = []
        await self.inner({**scope, "then": then}, receive, send)
        for talk in then:
            await talk(receive, send)
