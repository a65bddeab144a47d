"""The one way into the journal: what was done with an account, and who looked at whose data."""

from collections.abc import Iterable

from django.db import transaction

from accounts.choices import EventKind
from accounts.journal.choices import OF_SUPPORTERS, WITHOUT_ACCOUNT, As, Category, Looked, Why
from accounts.models import EntryReason, JournalEntry, User


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


def looked(*, actor: User, whose: User | None, what: Looked, why: Why) -> None:
    """Write down a look at somebody's data, in one statement; of one's own it is none. A list is of nobody."""
    if actor != whose:
        _look(actor, whose, what, why).save(force_insert=True)


def looked_at_all(*, actor: User, looks: Iterable[tuple[User, Looked]], why: Why) -> None:
    """Write down several looks in one statement."""
    entries = [_look(actor, whose, what, why) for whose, what in looks if actor != whose]
    if len(entries) == 1:
        entries[0].save(force_insert=True)
    elif entries:
        JournalEntry.objects.bulk_create(entries)


def _look(actor: User, whose: User | None, what: Looked, why: Why) -> JournalEntry:
    return JournalEntry(
        actor=actor.journal_key,
        actor_role=As.SUPPORTER if why == Why.SUPPORTER else _now(actor),
        subject=whose and whose.journal_key,
        category=Category.LOOK,
        kind=what,
        why=why,
    )


def _now(person: User) -> str:
    """Return what somebody is now, as the journal says it."""
    return As.ADMIN if person.is_staff else person.role_now
