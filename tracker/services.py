"""The one write path for moods, journal, own words and drafts."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Func, Value
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from tracker import live
from tracker.choices import WordKind
from tracker.models import WORDS_PER_ENTRY, Draft, MoodEntry, OwnWord, ReportOffer
from tracker.words import OWN_WORDS


@transaction.atomic
def record_mood(
    *,
    owner: User,
    felt_at: datetime,
    form_key: uuid.UUID,
    level: int | None = None,
    note: str = "",
    feelings: Iterable[str] = (),
    causes: Iterable[str] = (),
    own_feelings: Iterable[str] = (),
    own_causes: Iterable[str] = (),
    prompt: str = "",
    recorded_by: User | None = None,
) -> tuple[MoodEntry, bool]:
    """Record a mood, words, or both; a form that is sent again records nothing new and returns what it recorded first.

    A form that comes again with another mood or other words, from a second tab for instance, is another entry.

    `level` is 1 (very bad) to 5 (very good), or None for words alone; `felt_at` is an aware moment, not in the future;
    `feelings` and `causes` are codes, `own_feelings` and `own_causes` new words. The draft of the same form is over.
    `recorded_by` is a supporter who writes it for the owner.
    """
    if note:
        lock(owner)  # a draft that is on its way waits, and then knows that this is recorded
    Draft.objects.filter(owner=owner, form_key=form_key).delete()
    known = MoodEntry.objects.of(owner).filter(form_key=form_key).first()
    if known and (known.level, known.note) == (level, note):
        return known, False
    if known:
        form_key = _key_of(form_key, level, note)
    entry, created = MoodEntry.objects.get_or_create(
        owner=owner,
        form_key=form_key,
        defaults={
            "level": level,
            "felt_at": felt_at,
            "note": note,
            "prompt": prompt,
            "recorded_by": recorded_by,
            "feelings": _codes(owner, WordKind.FEELING, feelings, own_feelings),
            "causes": _codes(owner, WordKind.CAUSE, causes, own_causes),
        },
    )
    if created:
        live.changed(owner)
    return entry, created


def _key_of(form_key: uuid.UUID, level: int | None, note: str) -> uuid.UUID:
    """Return a key for other content of the same form; it tells nothing of the content to whoever lacks our secret."""
    return uuid.UUID(bytes=salted_hmac("tracker.form", f"{form_key}:{level}:{note}", algorithm="sha256").digest()[:16])


def lock(owner: User) -> None:
    """Let one transaction at a time write for this person."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)


@transaction.atomic
def change_mood(
    *,
    entry: MoodEntry,
    level: int | None,
    felt_at: datetime,
    note: str,
    feelings: Iterable[str] = (),
    causes: Iterable[str] = (),
    own_feelings: Iterable[str] = (),
    own_causes: Iterable[str] = (),
) -> None:
    """Change an entry; what each argument means is said at `record_mood`."""
    entry.level, entry.felt_at, entry.note = level, felt_at, note
    entry.feelings = _codes(entry.owner, WordKind.FEELING, feelings, own_feelings)
    entry.causes = _codes(entry.owner, WordKind.CAUSE, causes, own_causes)
    entry.save(update_fields=["level", "felt_at", "note", "feelings", "causes", "updated_at"])
    live.changed(entry.owner)


def delete_mood(*, entry: MoodEntry) -> None:
    """Delete an entry for good."""
    entry.delete()
    live.changed(entry.owner)


def _codes(owner: User, kind: WordKind, chosen: Iterable[str], new: Iterable[str]) -> list[str]:
    codes = [*chosen, *(word.code for word in add_own_words(owner=owner, kind=kind, words=new))]
    return list(dict.fromkeys(codes))[:WORDS_PER_ENTRY]


@transaction.atomic
def add_own_words(*, owner: User, kind: WordKind, words: Iterable[str]) -> list[OwnWord]:
    """Return the person's own words of these names, made where there is none yet; letter case makes no difference.

    Words beyond OWN_WORDS of a kind are left out.
    """
    words = [word for word in (word.strip() for word in words) if word]
    if not words:
        return []
    lock(owner)  # two forms at once make no word twice
    known = {word.word.casefold(): word for word in OwnWord.objects.filter(owner=owner, kind=kind)}
    found = []
    for word in words:
        if word.casefold() not in known:
            if len(known) >= OWN_WORDS:
                continue
            known[word.casefold()] = OwnWord.objects.create(owner=owner, kind=kind, word=word)
        found.append(known[word.casefold()])
    return found


@transaction.atomic
def delete_own_word(*, word: OwnWord) -> None:
    """Remove a word from the person's list and from all their entries."""
    column = "feelings" if word.kind == WordKind.FEELING else "causes"
    without = Func(F(column), Value(word.code), function="array_remove")
    MoodEntry.objects.filter(owner=word.owner, **{f"{column}__contains": [word.code]}).update(**{column: without})
    word.delete()


@transaction.atomic
def save_draft(*, owner: User, text: str, form_key: uuid.UUID, prompt: str = "") -> Draft | None:
    """Keep what a person is writing; an empty text ends the draft, and so does one that is recorded already."""
    lock(owner)
    recorded = MoodEntry.objects.of(owner).filter(form_key=form_key).first()
    if not text or (recorded and recorded.note.startswith(text)):
        Draft.objects.filter(owner=owner, form_key=form_key).delete()
        return None
    draft, _created = Draft.objects.get_or_create(owner=owner)
    draft.text, draft.form_key, draft.prompt = text, form_key, prompt
    draft.save(update_fields=["text", "form_key", "prompt", "updated_at"])
    return draft


def delete_draft(*, owner: User) -> None:
    """Throw the draft away."""
    Draft.objects.filter(owner=owner).delete()


def close_report_offer(*, owner: User) -> None:
    """Remember that the person was offered the report on two weeks and took it or did not want it."""
    ReportOffer.objects.update_or_create(owner=owner, defaults={"closed_at": timezone.now()})
