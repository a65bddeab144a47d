"""The words a person can choose for feelings and causes: those that everybody has, and their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from tracker.choices import CAUSE_ICONS, Cause, Feeling, WordKind
from tracker.models import MoodEntry, OwnWord

OWN_WORDS = 60  # of a kind, a person
LATELY = 6  # so many of the last used words come first; the others keep their places
LOOK_BACK = 30  # entries

EVERYBODYS = {
    WordKind.FEELING: {str(feeling.value): feeling.label for feeling in Feeling},
    WordKind.CAUSE: {str(cause.value): cause.label for cause in Cause},
}
PICTURES = {str(code.value): f"feeling-{code.value}" for code in Feeling} | {
    str(code.value): icon for code, icon in CAUSE_ICONS.items()
}


@dataclass(frozen=True)
class Word:
    """A word with its code and picture: `feeling-…` of static/icons/feelings.svg, or an icon."""

    code: str
    label: str
    picture: str

    def __str__(self) -> str:
        return str(self.label)


BUILT_IN = {code: Word(code, label, PICTURES[code]) for words in EVERYBODYS.values() for code, label in words.items()}


class Vocabulary:
    """A person's words; own words are read once, when an entry names one or a form shows them all."""

    def __init__(self, user: User | None):
        self.user = user

    @cached_property
    def own(self) -> list[OwnWord]:
        return list(OwnWord.objects.filter(owner=self.user).order_by("created_at", "pk")) if self.user else []

    @cached_property
    def _own_by_code(self) -> dict[str, OwnWord]:
        return {word.code: word for word in self.own}

    def word(self, code: str) -> Word | None:
        """Return the word of a code; None when the person removed it."""
        if code in BUILT_IN:
            return BUILT_IN[code]
        if own := self._own_by_code.get(code):
            return Word(code, own.word, "tag")
        return None

    def words(self, codes: Iterable[str]) -> list[Word]:
        """Return the words of codes, without those that are no more."""
        return [word for code in codes if (word := self.word(code))]

    def has_room_for(self, kind: WordKind, words: Iterable[str]) -> bool:
        """Say whether these words fit on the person's list beside those that are there."""
        known = {word.word.casefold() for word in self.own if word.kind == kind}
        return len(known | {word.casefold() for word in words}) <= OWN_WORDS

    def all(self, kind: WordKind) -> list[Word]:
        """Return every word of a kind in its usual order, own ones last."""
        return self.words([*EVERYBODYS[kind], *(word.code for word in self.own if word.kind == kind)])

    @cached_property
    def _lately(self) -> dict[WordKind, list[str]]:
        if not self.user:
            return {WordKind.FEELING: [], WordKind.CAUSE: []}
        recent = list(MoodEntry.objects.of(self.user).values_list("feelings", "causes")[:LOOK_BACK])
        return {
            kind: list(dict.fromkeys(code for entry in recent for code in entry[i]))[:LATELY]
            for i, kind in enumerate((WordKind.FEELING, WordKind.CAUSE))
        }

    def to_choose(self, kind: WordKind) -> list[Word]:
        """Return every word of a kind, those that the person used lately first."""
        lately = self.words(self._lately[kind])
        return lately + [word for word in self.all(kind) if word not in lately]
