"""Looking for words in one conversation. They are encrypted, so they are opened one by one; nothing is kept of it."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chat.access import Seat
from chat.attachments.showing import whole
from chat.conversations.reading import messages_of, name_of
from chat.models import Message
from chat.wishes.access import shared

LOOKED_THROUGH = 5_000  # messages, the newest
MOST = 50  # messages that a search shows, the newest
AROUND = 60  # characters shown on each side of what was found
AT_ONCE = 500  # messages
# As they are typed without a Kazakh keyboard.
PLAIN = str.maketrans("әқңғүұөіһё", "акнгууоихе")


@dataclass(frozen=True)
class Hit:
    """A message in which all words were found: what stands before the first of them, the word, what follows."""

    message: Message
    sender: str
    before: str
    word: str
    after: str


@dataclass(frozen=True)
class Found:
    """What a search found; `more` that there are more hits, `older` that older messages were not looked through."""

    hits: list[Hit]
    more: bool
    older: bool


def folded(text: str) -> str:
    """Return a text in small letters, the Kazakh ones as somebody types them who has no Kazakh keyboard."""
    return unicodedata.normalize("NFKC", text).casefold().translate(PLAIN)


def search(seat: Seat, text: str) -> Found:
    """Return the newest messages that hold every word; a part of a word is enough, since Kazakh adds endings."""
    words, hits, agreed = folded(text).split(), [], shared(seat.conversation)
    for message in _read(seat):
        shown = whole(message, seat, agreed)
        if words and all(word in folded(shown) for word in words):
            if len(hits) == MOST:
                return Found(hits, more=True, older=False)
            hits.append(_hit(seat, message, shown, words))
    return Found(hits, more=False, older=seat.conversation.last_number > LOOKED_THROUGH)


def _read(seat: Seat) -> Iterator[Message]:
    """Give the newest messages, the newest first."""
    from_number = seat.conversation.last_number - LOOKED_THROUGH
    written = messages_of(seat).filter(number__gt=from_number, deleted_at__isnull=True).order_by("-number")
    needed = ("public_id", "number", "by_owner", "text", "written_at", "deleted_at", "attachment")
    return written.only(*needed).iterator(chunk_size=AT_ONCE)


def _hit(seat: Seat, message: Message, shown: str, words: list[str]) -> Hit:
    text = unicodedata.normalize("NFC", shown)
    parts = [folded(letter) for letter in text]
    places = [place for place, part in enumerate(parts) for _letter in part]  # of each folded letter in the text
    whole = "".join(parts)
    begin, word = min((whole.find(word), word) for word in words)
    sender = _("You") if message.by_owner == seat.by_owner else name_of(seat.other)
    if begin < 0:  # letters that fold together only as a pair
        return Hit(message, sender, text[: 2 * AROUND], "", "")
    first, end = places[begin], places[begin + len(word) - 1] + 1
    before = ("…" if first > AROUND else "") + text[max(0, first - AROUND) : first]
    after = text[end : end + AROUND] + ("…" if len(text) > end + AROUND else "")
    return Hit(message, sender, before, text[first:end], after)
