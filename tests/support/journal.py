"""Reading the journal of a person, and emptying it between tests, which the product itself refuses."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

from accounts.journal.choices import Category
from accounts.models import JournalEntry, JournalLink, User


def actions(person: User) -> list[JournalEntry]:
    """Return what was done with a person's account, oldest first."""
    return list(JournalEntry.objects.filter(subject=person.journal_key, category=Category.ACTION).order_by("pk"))


def kinds(person: User) -> list[str]:
    """Return the kinds of that."""
    return [entry.kind for entry in actions(person)]


def done_by(person: User) -> list[JournalEntry]:
    """Return what somebody did, oldest first."""
    return list(JournalEntry.objects.filter(actor=person.journal_key, category=Category.ACTION).order_by("pk"))


def looks(person: User) -> list[tuple[str, str, str]]:
    """Return who looked at what of a person and why, oldest first; names stand for the keys."""
    names = dict(User.objects.values_list("journal_key", "shown_name"))
    found = JournalEntry.objects.filter(subject=person.journal_key, category=Category.LOOK).order_by("pk")
    return [(names[entry.actor], entry.kind, entry.why) for entry in found]


def head() -> tuple[int, str]:
    """Return number and digest of the last link of the chain."""
    last = JournalLink.objects.order_by("number").last()
    return last.number, last.digest.hex()


def as_superuser(statement: str, *values: object) -> None:
    """Do with the journal what only a superuser can who turns its triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            cursor.execute(statement, values)
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture(scope="session", autouse=True)
def _tests_that_commit_can_empty_the_journal() -> Iterator[None]:
    """Let the flush after a test turn the triggers off: it needs a superuser, which the site is not to be."""
    flush = DatabaseOperations.sql_flush

    def without_triggers(self, *args, **options):
        found = flush(self, *args, **options)
        return ["SET LOCAL session_replication_role = replica", *found] if found else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", without_triggers)
        yield
