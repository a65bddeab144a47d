"""Walking through the site as somebody: every page that links lead to, and every form answered wrongly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import Comment, Doctype
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.support.html import page
from tests_app import library

SILENT = {"script", "style", "code", "bdi", "textarea", "template"}
SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-show", "data-hide", "data-showing", "data-hidden", "label")
ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
TEST = re.compile("/(" + "|".join(re.escape(content["key"]) for content in library.shipped()) + ")/")
QUESTION = re.compile(r"\b(question|test)=[\w-]+")
# Addresses, folders, ids and codes of certificates are no words of any language.
NO_WORDS = re.compile(
    r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2}\b|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\b[a-z]+(?:/[a-z]+)+\b|" + ID.pattern
)
TOO_LONG = "7" * 6000


@dataclass(frozen=True)
class Visit:
    """A page that was reached, and how."""

    how: str
    status: int
    name: str | None
    soup: BeautifulSoup

    @property
    def title(self) -> str:
        return self.soup.title.get_text().strip() if self.soup.title else ""


def visit(how: str, response: HttpResponse) -> Visit:
    name = response.resolver_match.view_name if response.status_code == 200 and hasattr(response, "client") else None
    return Visit(how, response.status_code, name, page(response))


def _links(soup: BeautifulSoup, here: str, below: str) -> set[str]:
    """Return the addresses below `below` that a page leads to, without fragments."""
    found = set()
    for link in soup.find_all("a", href=True):
        if link.find_parent("template"):  # where a script puts numbers in
            continue
        parts = urlsplit(urljoin(f"http://testserver{here}", link["href"]))
        if parts.netloc == "testserver" and parts.path.startswith(below):
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def crawl(client: Client, start: list[str], below: str) -> list[Visit]:
    """Follow every link below an address; answer each form that has fields wrongly, and undo what that did.

    Of pages that differ only in an id or a day, such as the forms of thirty entries, one is enough, and so it is of
    forms with the same fields; and of tests and their questions, whose words tests/tests_app/texts looks at.
    """
    waiting, seen, answered, visits = list(start), set(start), set(), []
    while waiting:
        address = waiting.pop()
        response = client.get(address, follow=True)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        reached = visit(f"GET {address}", response)
        here = response.request["PATH_INFO"]
        visits.append(reached)
        if reached.name != "gallery":  # its forms are examples and lead nowhere
            visits += _wrong_answers(client, reached, here, answered)
        for link in sorted(_links(reached.soup, here, below)):
            if (kind := _kind(link)) not in seen:
                seen.add(kind)
                waiting.append(link)
    return visits


def _kind(address: str) -> str:
    return TEST.sub("/TEST/", QUESTION.sub("QUESTION", DAY.sub("DAY", ID.sub("ID", address))))


def _wrong_answers(client: Client, reached: Visit, here: str, answered: set[tuple[str, ...]]) -> Iterator[Visit]:
    """Send each form of the page's own part empty and with nonsense, if its like is not `answered` yet."""
    for form in reached.soup.select("main form[method=post i]"):
        hidden = {f["name"]: f.get("value", "") for f in form.select("input[type=hidden][name]")}
        fields = [f for f in form.select("[name]") if f["name"] not in hidden and f.name != "button"]
        fields = [f for f in fields if not f.find_parent(hidden=True)]  # scripts show those, and send them elsewhere
        if not fields or "/display/" in form.get("action", ""):  # settings of the look are never wrong
            continue
        place = urlsplit(urljoin(here, form.get("action") or here)).path
        like = (_kind(place), *sorted(f["name"] for f in fields))
        if like in answered:
            continue
        answered.add(like)
        buttons = {b["name"]: b.get("value", "") for b in form.select("button[name]")[:1]}
        for kind, answers in (("empty", {}), ("nonsense", {f["name"]: _nonsense(f) for f in fields})):
            with transaction.atomic():
                response = client.post(place, hidden | answers | buttons)
                transaction.set_rollback(True)
            if response.status_code not in {301, 302}:
                yield visit(f"POST {place} {kind}", response)


def _nonsense(field: Tag) -> str:
    kinds = {"email": "7", "date": "7", "time": "7", "radio": "7", "checkbox": "7", "password": "7", "number": "x"}
    return kinds.get(field.get("type", ""), "7" if field.name == "select" else TOO_LONG)


def words(soup: BeautifulSoup, language: str) -> list[str]:
    """Return all that a page in this language says: texts and spoken attributes, without addresses."""
    found = []
    for element in _said(soup, language):
        found += [element[name] for name in SPOKEN if element.get(name)]
        if element.name == "meta" and element.get("name") == "description":
            found.append(element["content"])
        if element.name == "input" and element.get("type") in {"submit", "button", "reset"}:
            found.append(element.get("value", ""))
        found += [
            str(child)
            for child in element.children
            if isinstance(child, NavigableString) and not isinstance(child, Comment | Doctype)
        ]
    texts = (re.sub(r"\s+", " ", NO_WORDS.sub(" ", text)).strip() for text in found)
    return [text for text in texts if text]


def _said(around: Tag, language: str) -> Iterator[Tag]:
    """Yield the elements inside whose words are of the page's language and no code or input of a person."""
    for element in around.contents:
        if isinstance(element, Tag) and element.name not in SILENT and element.get("lang", language) == language:
            yield element
            yield from _said(element, language)


def all_patterns() -> list[tuple[str, URLPattern]]:
    """Return every address of the site with its name, `space:name` inside a name space."""
    return _all(get_resolver())


@cache
def _all(resolver: URLResolver) -> list[tuple[str, URLPattern]]:
    return list(_named(resolver.url_patterns))


def _named(patterns: list, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield f"{space}{pattern.name or ''}", pattern
