"""The journal only grows: nobody changes or removes a row, and whoever turns that off is found out."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts import events
from accounts.choices import EventKind
from accounts.journal import chain, ledger
from accounts.journal.choices import Looked, Why
from accounts.models import EntryReason, JournalEntry, JournalLink
from tests.support.journal import as_superuser, head

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("accounts_journalentry", "accounts_journallink")
CHANGE = "UPDATE accounts_journalentry SET kind = 'account' WHERE id = %s"
REMOVE = "DELETE FROM accounts_journalentry WHERE id = %s"


@pytest.fixture
def written(owner, other_user) -> list[JournalEntry]:
    """Return five entries, the last of which was noted as head."""
    for what in (Looked.MOODS, Looked.NOTES, Looked.MOODS):
        events.looked(actor=other_user, whose=owner, what=what, why=Why.SUPPORTER)
    events.record(user=owner, kind=EventKind.APPROVED, actor=other_user, reason="Ереже")
    events.record(user=owner, kind=EventKind.SUSPENDED)
    ledger.append(ledger.HEAD, *head())
    return list(JournalEntry.objects.order_by("pk"))


def problems() -> list[str]:
    return list(chain.Check(ledger.heads()).problems())


def links_match() -> bool:
    numbers = list(JournalLink.objects.order_by("number").values_list("number", flat=True))
    return numbers == list(range(1, JournalEntry.objects.count() + 1))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nothing_can_be_changed_or_removed_not_even_by_the_owner_of_the_tables(written, table, statement):
    column = {"accounts_journalentry": "id", "accounts_journallink": "number"}[table]
    with pytest.raises(DatabaseError, match="only grows"), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column, column))
    assert JournalEntry.objects.count() == JournalLink.objects.count() == 5


def as_site(statement: str) -> None:
    """Do this as a role that may do everything with the tables and is no superuser, as the site's is to be."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE a_site NOLOGIN NOSUPERUSER")
        cursor.execute(f"GRANT ALL ON {', '.join(TABLES)} TO a_site")
        cursor.execute("SET LOCAL ROLE a_site")
        cursor.execute(statement)


@pytest.mark.parametrize("table", TABLES)
def test_a_role_that_may_do_everything_with_the_tables_cannot_either(written, table):
    with pytest.raises(DatabaseError, match="only grows"):
        as_site(f"DELETE FROM {table}")  # noqa: S608


def test_a_role_that_is_no_superuser_cannot_turn_the_triggers_off(written):
    with pytest.raises(DatabaseError, match="permission denied"):
        as_site("SET LOCAL session_replication_role = replica")


def test_the_command_that_empties_a_database_stops_at_the_journal(written):
    with pytest.raises(DatabaseError, match="only grows"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE accounts_user, accounts_journalentry CASCADE")
    assert problems() == []


def test_a_link_cannot_be_made_by_hand(written):
    with pytest.raises(DatabaseError, match="chain alone"):
        JournalLink.objects.create(number=6, entry_id=99, digest=b"x" * 32)


def test_a_whole_chain_is_said_to_be_whole_and_its_head_is_printed(written):
    told = StringIO()
    call_command("verify_journal", stdout=told)
    assert problems() == []
    assert f"head 5:{head()[1]}" in told.getvalue()
    call_command("verify_journal", "--note", "--head", f"5:{head()[1]}", stdout=told)
    assert [number for number, _digest in ledger.heads()] == [5, 5]


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize(("statement", "word"), [(CHANGE, "changed"), (REMOVE, "removed")])
def test_what_a_superuser_changes_or_removes_is_found(written, place, statement, word):
    EntryReason.objects.all().delete()
    as_superuser(statement, written[place].pk)
    (found,) = problems()
    assert f"link {place + 1}: entry {written[place].pk}" in found
    assert word in found
    with pytest.raises(CommandError, match="damaged"):
        call_command("verify_journal", stderr=StringIO())


def test_every_field_of_an_entry_is_in_its_digest(written):
    for field, value in (
        ("at", "now()"),
        ("actor", "gen_random_uuid()"),
        ("actor_role", "'system'"),
        ("subject", "gen_random_uuid()"),
        ("category", "'look'"),
        ("kind", "'list'"),
        ("why", "'shared'"),
    ):
        as_superuser("CREATE TEMPORARY TABLE kept AS SELECT * FROM accounts_journalentry WHERE id = %s", written[3].pk)
        as_superuser("ALTER TABLE accounts_journalentry DROP CONSTRAINT IF EXISTS journal_looks_have_a_why")
        as_superuser(f"UPDATE accounts_journalentry SET {field} = {value} WHERE id = %s", written[3].pk)  # noqa: S608
        assert len(problems()) == 1, field
        as_superuser(f"UPDATE accounts_journalentry e SET {field} = kept.{field} FROM kept WHERE e.id = kept.id")  # noqa: S608
        as_superuser("DROP TABLE kept")
    assert problems() == []


def test_the_end_of_the_chain_cut_off_with_its_links_is_found_by_the_head_that_was_noted(written):
    as_superuser(REMOVE, written[4].pk)
    as_superuser("DELETE FROM accounts_journallink WHERE number = 5")
    (found,) = problems()
    assert "head 5" in found
    assert list(chain.Check().problems()) == []  # without the ledger nothing shows


def test_a_chain_that_was_made_anew_does_not_hold_the_head_that_was_noted(written):
    as_superuser(CHANGE, written[0].pk)
    as_superuser("TRUNCATE accounts_journallink")
    link, digest = "INSERT INTO accounts_journallink VALUES (%s, %s, %s)", b""
    for number, entry in enumerate(JournalEntry.objects.order_by("pk").values(), 1):
        digest = chain.digest(digest, chain.Row(number=number, entry_id=entry["id"], digest=None, **entry))
        as_superuser(link, number, entry["id"], digest)
    (found,) = problems()
    assert "made anew" in found


def test_an_entry_added_past_the_chain_and_a_missing_link_are_found(written):
    as_superuser("DELETE FROM accounts_journallink WHERE number = 2")
    found = problems()
    assert len(found) == 2
    assert "links 2 to 2 are missing" in found[0]
    assert f"entry {written[1].pk}" in found[1]


def test_a_transaction_that_is_rolled_back_leaves_no_gap(written, owner):
    with transaction.atomic():
        events.record(user=owner, kind=EventKind.APPLIED)
        transaction.set_rollback(True)
    events.record(user=owner, kind=EventKind.APPLIED)
    assert problems() == []
    assert links_match()


def test_many_at_once_make_one_chain_without_gaps(owner, other_user):
    def look(_number: int) -> None:
        for _ in range(5):
            with transaction.atomic():
                events.looked(actor=other_user, whose=owner, what=Looked.MOODS, why=Why.SUPPORTER)
                events.record(user=owner, kind=EventKind.APPLIED)
        connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(look, range(6)))
    assert JournalEntry.objects.count() == 60
    assert problems() == []
    assert links_match()


def test_after_a_restore_the_chain_goes_on_from_the_head_of_the_copy(written, owner):
    copy = JournalLink.objects.get(number=3)
    EntryReason.objects.all().delete()
    for entry in written[3:]:
        as_superuser(REMOVE, entry.pk)
    as_superuser("DELETE FROM accounts_journallink WHERE number > 3")
    for _ in range(3):
        events.record(user=owner, kind=EventKind.APPLIED)
    with pytest.raises(CommandError, match="damaged"):
        call_command("verify_journal", "--restored", f"3:{'0' * 64}", stderr=StringIO())
    assert len(problems()) == 1
    call_command("verify_journal", "--restored", f"3:{copy.digest.hex()}", stdout=StringIO())
    call_command("verify_journal", "--note", stdout=StringIO())
    assert problems() == []
    assert ledger.heads() == [(3, copy.digest.hex()), head()]


def test_a_ledger_that_was_tampered_with_or_torn_is_an_error(settings, written):
    with settings.JOURNAL_LEDGER.open("a") as lines:
        lines.write("2026-11-23T00:00:00+00:00 head 7")
    with pytest.raises(CommandError, match="line 2 cannot be read"):
        call_command("verify_journal")


def test_the_ledger_keeps_the_keys_of_erased_accounts(owner, other_user):
    ledger.note_erased(owner.journal_key)
    ledger.append("head", 1, "ab")
    ledger.note_erased(other_user.journal_key)
    assert ledger.erased_keys() == {owner.journal_key, other_user.journal_key}
    assert ledger.heads() == [(1, "ab")]
