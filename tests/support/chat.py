"""Two who write to each other in browsers: their conversation, its open pages, and a network that can break."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from accounts.models import Assignment, User
from chat.conversations.services import of_assignment
from chat.models import Conversation, Message
from tests.browser import steps


def conversation_of(owner: User, helper: User) -> Conversation:
    """Return the conversation of two who are together."""
    return of_assignment(Assignment.objects.get(user=owner, helper=helper))


def opened(page: Page, conversation: Conversation, language: str = "kk") -> Page:
    """Open a conversation and wait until its socket is there."""
    page.goto(f"/{language}/chat/{conversation.public_id}/")
    live(steps.ready(page))
    return page


def live(page: Page) -> None:
    expect(page.locator("#chat")).to_have_attribute("data-live", "yes")


def write(page: Page, text: str) -> None:
    """Write a message and press the button."""
    page.fill("#id_text", text)
    page.locator("#send .actions button").click()


def texts(page: Page) -> Locator:
    return page.locator("#chat .message [data-part=text]")


def states(page: Page) -> list[str]:
    """Return how far each of one's own messages came."""
    return page.locator("#chat .message--mine [data-part=state]").evaluate_all("all => all.map(e => e.dataset.state)")


def stored(conversation: Conversation) -> list[str]:
    return [message.text for message in Message.objects.filter(conversation=conversation).order_by("number")]


class Network:
    """The sockets of a conversation in one browser; `lose_answers` lets what was sent arrive, and the answer not."""

    def __init__(self, page: Page):
        self.page, self.lose_answers, self.is_away = page, False, False
        self._open: list[WebSocketRoute] = []
        page.context.route_web_socket("**/ws/chat/**", self._connected)

    def _connected(self, socket: WebSocketRoute) -> None:
        if self.is_away:
            socket.close(code=1011)
            return
        server = socket.connect_to_server()
        server.on_message(lambda data: None if self._is_lost(data) else socket.send(data))
        self._open.append(socket)

    def _is_lost(self, data: Any) -> bool:
        return self.lose_answers and json.loads(data)["type"] == "sent"

    def cut(self) -> None:
        self.is_away = True
        self.page.context.set_offline(True)
        for socket in self._open:
            socket.close(code=1011)
        self._open.clear()

    def back(self) -> None:
        self.is_away = self.lose_answers = False
        self.page.context.set_offline(False)
        for page in self.page.context.pages:
            page.evaluate("dispatchEvent(new Event('online'))")
