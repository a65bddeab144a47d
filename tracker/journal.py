"""Looking for words in one's own entries. They are encrypted, so they are opened one by one; nothing is kept of it."""

import unicodedata
from collections.abc import Iterator

from accounts.models import User
from tracker import access
from tracker.models import MoodEntry
from tracker.words import Vocabulary

MOST = 50  # entries that a search shows, the newest


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _matching(user: User, words: list[str], vocabulary: Vocabulary) -> Iterator[MoodEntry]:
    for entry in access.entries_to_show(user).iterator(chunk_size=500):
        named = (str(word.label) for word in vocabulary.words([*entry.feelings, *entry.causes]))
        text = _folded(" ".join([entry.note, *named]))
        if all(word in text for word in words):
            yield entry


def search(user: User, text: str, vocabulary: Vocabulary) -> tuple[list[MoodEntry], bool]:
    """Return the newest entries that hold every word of `text`, in any letter case, and whether there are more.

    Notes, feelings and causes are looked through; a part of a word is enough, since Kazakh adds endings.
    """
    found = []
    for entry in _matching(user, _folded(text).split(), vocabulary):
        if len(found) == MOST:
            return found, True
        found.append(entry)
    return found, False
