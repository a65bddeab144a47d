"""Reading a page as a person or a screen reader would."""

import re

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


def page(response: HttpResponse) -> BeautifulSoup:
    """Return the page of a response; it is parsed once, however often one looks."""
    known, content = getattr(response, "parsed", (None, None)), response.content
    if known[0] != content:
        response.parsed = known = content, BeautifulSoup(content, "html.parser")
    return known[1]


def unmarked(response: HttpResponse) -> bytes:
    """Return the page without the mark of its scripts, which is another in each answer."""
    return re.sub(rb'nonce="[^"]*"', b"", response.content)


def text_of(element: Tag) -> str:
    """Return the words of an element with single spaces."""
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()


def said(response: HttpResponse) -> list[str]:
    """Return what the page says happened just now, as `kind: words`."""
    notices = page(response).select("#messages .notice")
    return [f"{notice['class'][-1].removeprefix('notice--')}: {text_of(notice)}" for notice in notices]


def errors(response: HttpResponse, name: str) -> str:
    """Return what stands as error beside the field of this name; fail when a screen reader would not find it there."""
    soup = page(response)
    found = soup.find(id=f"id_{name}_error")
    assert found, f"no error beside {name}"
    holder = soup.find(attrs={"aria-describedby": re.compile(rf"\bid_{name}_error\b")})
    assert holder, f"nothing says that {name} has an error"
    assert holder.get("name") == name or holder.find(attrs={"name": name}), f"{holder} does not hold {name}"
    return text_of(found)


def typed(response: HttpResponse, name: str) -> str:
    """Return what a field of the page holds."""
    field = page(response).find(attrs={"name": name})
    # A browser drops the first line end of a textarea.
    return field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")


def loose_ends(response: HttpResponse) -> list[str]:
    """Return ids that something on the page points at and that are not there once."""
    soup = page(response)
    ids = [element["id"] for element in soup.find_all(id=True)]
    wanted = {a["href"][1:] for a in soup.find_all("a", href=re.compile("^#."))}
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "data-opens"):
        for element in soup.find_all(attrs={attribute: True}):
            wanted.update(element[attribute].split())
    return sorted({name for name in wanted | set(ids) if ids.count(name) != 1})


def summary(response: HttpResponse) -> list[str]:
    """Return the lines of the error summary; fail when one leads nowhere or to what cannot be reached."""
    soup = page(response)
    box = soup.select_one(".error-summary[role=alert]")
    assert box, "no error summary"
    for link in box.select("a"):
        target = soup.find(id=link["href"][1:])
        assert target, f"{link} leads nowhere"
        assert target.get("type") != "hidden", f"{link} leads to a hidden field"
    return [text_of(line) for line in box.select("li")]
