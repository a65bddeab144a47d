"""What these tests share: our words in a language, what a form holds, where a letter leads, doing things at once."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from threading import Barrier
from typing import TypeVar
from urllib.parse import urlsplit

from django.db import connection
from django.http import HttpResponse
from django.utils import translation

from tests.support.html import page, text_of, unmarked

T = TypeVar("T")


def phrase(words: str, language: str = "kk") -> str:
    """Return words of ours as a page in this language says them."""
    with translation.override(language):
        return translation.gettext(words)


def title(response: HttpResponse) -> str:
    """Return the heading of a page."""
    return text_of(page(response).h1)


def chosen(response: HttpResponse, name: str) -> list[str]:
    """Return which radios, checkboxes or options of a field are chosen."""
    fields = page(response).select(f"main [name={name}]")
    if fields[0].name == "select":
        return [option["value"] for option in fields[0].select("option[selected]")]
    return [field.get("value", "on") for field in fields if field.has_attr("checked")]


def without_tokens(response: HttpResponse) -> str:
    """Return a page without what differs at every visit."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", unmarked(response).decode())


def subject(letter: EmailMessage) -> str:
    return letter["Subject"].strip()


def link_in(letter: EmailMessage) -> str:
    """Return where the only link of a letter leads on this site."""
    (address,) = re.findall(r"https?://\S+", letter.get_content())
    return urlsplit(address).path


def at_once(*actions: Callable[[], T]) -> list[T]:
    """Do all of it at the same time, each in a thread with a connection of its own."""
    gate = Barrier(len(actions))

    def do(action: Callable[[], T]) -> T:
        gate.wait(10)
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(do, actions))
