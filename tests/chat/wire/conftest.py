"""A person and a helper with a conversation, and the sockets of their pages."""

import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from accounts.models import Assignment, User
from chat.conversations.services import of_assignment
from chat.heeding.desk import desk
from chat.models import Conversation
from tests.support.sockets import Socket


class Page(Socket):
    """A page with an open conversation."""

    def __init__(self, client: Client, conversation: Conversation, language: str = "en"):
        super().__init__(client, f"/ws/chat/{conversation.public_id}/?language={language}")

    async def ask(self, do: str, **more: Any) -> None:
        await self.say(text=json.dumps({"do": do, **more}))

    async def send(self, text: str, key: str | None = None, **more: Any) -> str:
        """Send a message; return its id."""
        key = key or str(uuid.uuid4())
        await self.ask("send", id=key, text=text, **more)
        return key

    async def over(self) -> tuple[str, int]:
        """Return why it is over, and the code with which the server closes."""
        frame = await self.told()
        assert frame["type"] == "over", frame
        return frame["why"], await self.closed()


@pytest.fixture(autouse=True)
def looked_at():
    """Let the risk check come to its end before the tables are emptied."""
    yield
    desk.wait()


@pytest.fixture
def assignment(owner: User, assigned_volunteer: User) -> Assignment:
    return Assignment.objects.get(user=owner, helper=assigned_volunteer)


@pytest.fixture
def conversation(assignment: Assignment) -> Conversation:
    return of_assignment(assignment)


@pytest.fixture
def open_page(as_person, conversation) -> Callable[..., Awaitable[Page]]:
    """Return a way to a page that is open at the conversation."""

    async def open_(person: User, **more: Any) -> Page:
        page = Page(await sync_to_async(as_person)(person), conversation, **more)
        assert await page.connect(), page.code
        return page

    return open_
