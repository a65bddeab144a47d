"""Words as the other side sees them until both agree: what leads to a person outside Emocare is masked."""

import re
from collections.abc import Iterator

from chat.masking import numbers, places
from chat.masking.kinds import Span

AT_ALL = re.compile(r"[\d@/]|\(at\)|\[at\]|собака|_|[A-Za-z0-9]\.[a-z0-9]", re.IGNORECASE)
# What may become a number or an address outside at the next letter; numbers to call in danger have three digits.
# A word is looked at from its beginning alone, so that time is linear.
BEGUN = re.compile(
    r"(?<!\S)[^\s@]*@\S*|@\S*|(?:\(at\)|\[at\]|собака)\s{0,3}[a-z0-9][\w.-]*"
    rf"|\+?\d(?:{numbers.BETWEEN}{{0,4}}\d){{3,}}",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")


def masked(text: str) -> str:
    """Return a text without telephone, card and personal numbers, addresses and names in other services.

    Numbers to call in danger, times, dates and sums stay. It takes time in proportion to the length.
    """
    out, end = [], 0
    for span in spans(text):
        out += [text[end : span.start], str(span.kind.label)]
        end = span.end
    return "".join([*out, text[end:]]) if out else text


def masked_draft(text: str) -> str:
    """Return a text that is still being written, as `masked`, without the beginnings of what would be masked."""
    return BEGUN.sub("•••", masked(text))


def spans(text: str) -> list[Span]:
    """Return what would be masked, in order, nothing twice."""
    if not AT_ALL.search(text):
        return []
    kept: list[Span] = []
    for span in sorted(_found(text), key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = Span(kept[-1].start, span.end, kept[-1].kind)
    return kept


def _found(text: str) -> Iterator[Span]:
    yield from places.emails(text)
    yield from places.messengers(text)
    if DIGIT.search(text):
        yield from numbers.found(text)
        yield from places.addresses(text)
