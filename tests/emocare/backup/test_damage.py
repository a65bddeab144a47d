"""A copy that is not whole, or not ours, is refused with a reason, and nothing is changed."""

import pyrage
import pytest
from django.core.management import CommandError

from emocare.backup import keys
from tests.support.backups import refused, repacked, restore, unchanged, without_checksum

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("backup")]


@pytest.fixture(autouse=True)
def _nothing_is_changed(home):
    with unchanged():
        yield


def test_a_changed_byte_is_found_wherever_it_is(copy, home):
    content = copy.read_bytes()
    for place in (5, 60, 190, 330, 420, 70_000, len(content) // 2, len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 1
        refused(without_checksum(copy, bytes(changed)), home.identity)


def test_a_copy_that_ends_too_early_or_too_late_is_refused(copy, home):
    content = copy.read_bytes()
    for length in (0, 20, 200, 65_000, len(content) // 2, len(content) - 1):
        refused(without_checksum(copy, content[:length]), home.identity)
    assert "damaged" in refused(without_checksum(copy, content + b"more"), home.identity)


def test_a_copy_and_a_checksum_that_do_not_match_are_refused(copy, home):
    checksum = copy.with_name(f"{copy.name}.sha256")
    for text in (f"{'0' * 64}  {copy.name}", ""):
        checksum.write_text(text)
        assert "does not have the checksum" in refused(copy, home.identity)


def test_another_key_opens_nothing(copy, home, tmp_path):
    keys.new_pair(tmp_path / "another.txt")
    assert "encrypted for another key" in refused(copy, tmp_path / "another.txt")
    (tmp_path / "empty.txt").write_text("# nothing")
    for name, why in (("empty.txt", "holds no private key"), ("missing.txt", "cannot be read")):
        with pytest.raises(CommandError, match=why):
            restore(copy, tmp_path / name)


def test_a_copy_of_a_newer_emocare_is_refused(copy, home):
    assert "format 2" in refused(repacked(copy, home.identity, format=2), home.identity)
    newer = repacked(copy, home.identity, migrations=["accounts.0001_initial", "accounts.9999_later"])
    assert "does not know accounts.9999_later" in refused(newer, home.identity)


def test_rows_that_are_not_as_counted_are_noticed_before_anything_is_exchanged(copy, home):
    changed = repacked(copy, home.identity, counts={"public.accounts_user": 7})
    assert "do not have the rows that the copy counted" in refused(changed, home.identity)


def test_what_others_encrypted_for_our_public_key_is_refused(copy, home, settings):
    recipients = [found.to_public() for found in keys.identities(home.identity)]
    for foreign in (b"", b"some text", bytes(10_240)):
        refused(without_checksum(copy, pyrage.encrypt(foreign, recipients)), home.identity)
    settings.ENCRYPTION_KEYS = "1:" + "A" * 43
    assert "not made with any of the keys in ENCRYPTION_KEYS" in refused(copy, home.identity)
