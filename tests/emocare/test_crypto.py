"""Encryption of personal text, by itself."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from emocare import crypto

PLAIN = "Бүгін маған ауыр болды"
ROW = "tracker_moodentry.note:one"


def key(number: int) -> str:
    """Return a key of the keyring, version included."""
    return f"{number}:" + base64.urlsafe_b64encode(bytes([number]) * 32).decode().rstrip("=")


@pytest.fixture(autouse=True)
def _one_key(settings):
    settings.ENCRYPTION_KEYS = key(1)


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plain=st.text(), row=st.text())
def test_any_text_comes_back(plain, row):
    assert crypto.decrypt(crypto.encrypt(plain, row), row) == plain


def test_two_encryptions_of_one_text_have_nothing_in_common():
    first, second = crypto.encrypt(PLAIN, ROW), crypto.encrypt(PLAIN, ROW)
    assert first[:2] == second[:2] == b"\x00\x01"
    assert first[2:14] != second[2:14]
    assert first[14:] != second[14:]


def test_a_ciphertext_holds_nothing_of_the_text():
    stored = crypto.encrypt(PLAIN * 10, ROW)
    words = [PLAIN.encode(), *map(str.encode, PLAIN.split())]
    assert not any(word in stored for word in words)


@pytest.mark.parametrize("row", ["tracker_moodentry.note:two", "tracker_moodentry.other:one", "", ROW + " "])
def test_a_ciphertext_belongs_to_its_row_and_column(row):
    with pytest.raises(crypto.CannotDecrypt):
        crypto.decrypt(crypto.encrypt(PLAIN, ROW), row)


@pytest.mark.parametrize("place", [0, 1, 2, 13, 14, 20, -1])
def test_a_changed_byte_is_noticed(place):
    stored = bytearray(crypto.encrypt(PLAIN, ROW))
    stored[place] ^= 1
    with pytest.raises(crypto.CannotDecrypt):
        crypto.decrypt(bytes(stored), ROW)


@pytest.mark.parametrize("length", [0, 1, 2, 3, 9, 13, 14, 15, 29])
def test_a_truncated_value_is_noticed(length):
    stored = crypto.encrypt("", ROW)
    assert len(stored) == 30
    with pytest.raises(crypto.CannotDecrypt):
        crypto.decrypt(stored[:length], ROW)


def test_an_error_says_which_key_is_missing_and_nothing_of_the_text(settings):
    stored = crypto.encrypt(PLAIN, ROW)
    settings.ENCRYPTION_KEYS = key(2)
    with pytest.raises(crypto.CannotDecrypt, match=r"^key version 1$"):
        crypto.decrypt(stored, ROW)


def test_another_key_of_the_same_version_does_not_open_it(settings):
    stored = crypto.encrypt(PLAIN, ROW)
    settings.ENCRYPTION_KEYS = "1:" + key(2).removeprefix("2:")
    with pytest.raises(crypto.CannotDecrypt):
        crypto.decrypt(stored, ROW)


# Turning the keys


@pytest.mark.parametrize("order", [(1, 2, 7), (7, 2, 1), (2, 7, 1)])
def test_the_highest_version_encrypts_whatever_the_order(settings, order):
    settings.ENCRYPTION_KEYS = ",".join(map(key, order))
    assert crypto.encrypt(PLAIN, ROW)[:2] == b"\x00\x07"


def test_old_versions_still_decrypt(settings):
    old = crypto.encrypt(PLAIN, ROW)
    settings.ENCRYPTION_KEYS = f"{key(2)},{key(1)}"
    assert crypto.decrypt(old, ROW) == crypto.decrypt(crypto.encrypt(PLAIN, ROW), ROW) == PLAIN


def test_the_highest_possible_version_is_65535(settings):
    settings.ENCRYPTION_KEYS = "65535:" + key(1).removeprefix("1:")
    assert crypto.decrypt(crypto.encrypt(PLAIN, ROW), ROW) == PLAIN


# The setting

GOOD = key(1).removeprefix("1:")


@pytest.mark.parametrize(
    "value",
    [
        "x",
        GOOD,
        f"x:{GOOD}",
        f":{GOOD}",
        f"0:{GOOD}",
        f"-1:{GOOD}",
        f"65536:{GOOD}",
        f"1.0:{GOOD}",
        f"1_0:{GOOD}",
        f"+1:{GOOD}",
        f"١:{GOOD}",
        "1:",
        "1:short",
        f"1:{GOOD}AAAA",
        f"1:{GOOD[:-1]}",
        f"1:{GOOD[:-1]}!",
        f"1:!!{GOOD}",
        f"1:{GOOD[:20]} {GOOD[20:]}",
        f"1:{GOOD[:-1]}ә",
        f"1:{GOOD},1:{GOOD}",
        f"1:{GOOD},{GOOD}",
        f"1:{GOOD};2:{GOOD}",
        ",",
        " , ",
    ],
)
def test_a_malformed_setting_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="ENCRYPTION_KEYS"):
        crypto.parse_keys(value)


def test_an_error_of_the_setting_does_not_repeat_the_key():
    with pytest.raises(ImproperlyConfigured) as caught:
        crypto.parse_keys(f"1:{GOOD}AAAA")
    assert GOOD not in str(caught.value)


@pytest.mark.parametrize("value", [f"1:{GOOD}", f"1:{GOOD}=", f" 1:{GOOD} ,", f"1:{GOOD}\n,2:{GOOD}\n"])
def test_padding_spaces_and_a_last_comma_do_no_harm(value):
    assert crypto.parse_keys(value)[1] == b"\x01" * 32


def test_keys_use_the_alphabet_of_addresses():
    keys = crypto.parse_keys("3:" + base64.urlsafe_b64encode(b"\xfb\xff" * 16).decode())
    assert keys == {3: b"\xfb\xff" * 16}


def test_no_setting_is_no_keys():
    assert crypto.parse_keys("") == {}


def test_without_keys_nothing_is_encrypted_and_the_message_says_why(settings):
    settings.ENCRYPTION_KEYS = ""
    with pytest.raises(ImproperlyConfigured, match="ENCRYPTION_KEYS"):
        crypto.encrypt(PLAIN, ROW)
