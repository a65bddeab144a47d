"""The one way into the journal: what was done with an account, and who looked at whose data."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from accounts.choices import EventKind
from accounts.journal.choices import OF_SUPPORTERS, WITHOUT_ACCOUNT, As, Category, Looked, Why
from accounts.models import EntryReason, JournalEntry, User

ENTRIES = "INSERT INTO accounts_journalentry (at, actor, actor_role, subject, category, kind, why) VALUES "
VALUES = "(%s, %s, %s, %s, %s, %s, %s)"


def record(*, user: User, kind: EventKind, actor: User | None = None, reason: str = "") -> JournalEntry:
    """Write down what was done with a person's account; `actor` is who did it, the person themselves when left out.

    The reason that somebody typed is kept apart from the entry, encrypted, and goes with the person.
    """
    alone = None if actor else WITHOUT_ACCOUNT.get(kind)
    by = None if alone else actor or user
    if alone is None:
        alone = As.SUPPORTER if kind in OF_SUPPORTERS and by != user else _now(by)
    entry = JournalEntry(actor=by and by.journal_key, actor_role=alone, subject=user.journal_key)
    entry.category, entry.kind = Category.ACTION, kind
    if not reason:
        entry.save(force_insert=True)
        return entry
    with transaction.atomic(savepoint=False):
        entry.save(force_insert=True)
        EntryReason.objects.create(entry=entry, user=user, text=reason)
    return entry


def record_all(*, people: Iterable[User], kind: EventKind, actor: User | None) -> None:
    """Write down in one statement that the same was done for several people; without an actor Emocare itself did it."""
    role, now = _now(actor) if actor else As.SYSTEM, timezone.now()
    by = actor.journal_key if actor else None
    _insert([(now, by, role, person.journal_key, Category.ACTION, kind, "") for person in people])


def looked(*, actor: User, whose: User | None, what: Looked, why: Why) -> None:
    """Write down a look at somebody's data, in one statement; of one's own it is none. A list is of nobody."""
    looked_at_all(actor=actor, looks=[(whose, what)], why=why)


def looked_at_all(*, actor: User, looks: Iterable[tuple[User | None, Looked]], why: Why) -> None:
    """Write down several looks in one statement."""
    role, now = As.SUPPORTER if why == Why.SUPPORTER else _now(actor), timezone.now()
    rows = [
        (now, actor.journal_key, role, whose and whose.journal_key, Category.LOOK, what, why)
        for whose, what in looks
        if actor != whose
    ]
    _insert(rows)


def _insert(rows: list[tuple]) -> None:
    if rows:  # every page that shows something of a person waits for this: a model's saving takes three times as long
        with connection.cursor() as cursor:
            cursor.execute(ENTRIES + ", ".join([VALUES] * len(rows)), [value for row in rows for value in row])


def _now(person: User) -> str:
    """Return what somebody is now, as the journal says it."""
    return As.ADMIN if person.is_staff else person.role_now
