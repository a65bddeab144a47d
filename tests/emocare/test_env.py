"""The readers of the environment: right, or a message that names the variable."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from emocare import env


def wrong(message: str):
    return pytest.raises(ImproperlyConfigured, match=message)


@pytest.fixture
def given(monkeypatch):
    """Return a function that sets the variable X."""
    return lambda value: monkeypatch.setenv("X", value)


def test_a_text_is_the_variable_without_spaces_around_it(given):
    given("  a b \n")
    assert env.text("X") == "a b"


@pytest.mark.parametrize("nothing", ["", "  ", "\n"])
def test_an_empty_variable_counts_as_not_set(given, nothing):
    """A line `X: ${X:-}` of a compose file must not turn a default off."""
    given(nothing)
    assert env.text("X", "default") == "default"
    assert env.flag("X", True) is True
    assert env.number("X", 8) == 8
    assert env.items("X", "a,b") == ["a", "b"]
    assert env.choice("X", ("a", "b"), "b") == "b"


def test_what_is_not_there_is_the_default():
    assert (env.text("X"), env.text("X", "default"), env.flag("X"), env.number("X", 3)) == ("", "default", False, 3)


def test_a_secret_is_read_from_a_file(monkeypatch, tmp_path, given):
    (tmp_path / "secret").write_text("құпия\n", encoding="utf-8")
    monkeypatch.setenv("X_FILE", str(tmp_path / "secret"))
    given("something else")
    assert env.text("X") == "құпия"


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(monkeypatch, tmp_path, content):
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("X_FILE", str(path))
    with wrong(f"X_FILE: cannot read {path}"):
        env.text("X")


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("TRUE", True), ("yes", True), ("On", True), ("0", False), ("false", False), ("No", False)],
)
def test_yes_and_no_have_several_words(given, value, meant):
    given(value)
    assert env.flag("X", not meant) is meant


@pytest.mark.parametrize("value", ["maybe", "2", "нет", "truefalse"])
def test_anything_between_yes_and_no_is_refused(given, value):
    given(value)
    with wrong("X must be yes or no"):
        env.flag("X")


def test_a_number_is_whole_and_not_too_small(given):
    given("12")
    assert env.number("X", 1, minimum=12) == 12
    with wrong("X must be at least 13, not 12"):
        env.number("X", 1, minimum=13)


@pytest.mark.parametrize("value", ["x", "1.5", "1e3", "0x10", "1 2"])
def test_anything_but_a_whole_number_is_refused(given, value):
    given(value)
    with wrong("X must be a whole number"):
        env.number("X", 1)


def test_items_are_parted_by_commas_and_empty_ones_left_out(given):
    given(" a , ,b,, ")
    assert env.items("X") == ["a", "b"]


def test_only_one_of_the_words_can_be_chosen(given):
    given("b")
    assert env.choice("X", ("a", "b"), "a") == "b"
    given("c")
    with wrong("X must be one of a, b, not 'c'"):
        env.choice("X", ("a", "b"), "a")


def test_all_that_is_missing_is_named_at_once():
    with wrong("without: A, C. See docs/configuration.md"):
        env.require(A="", B="b", C=[])
    assert env.require(A="a", B="b", C=["c"]) is None


def test_an_address_begins_with_one_of_the_schemes(given):
    assert env.address("X", "redis", "unix", default="redis://a/1") == "redis://a/1"
    given("unix:///run/valkey")
    assert env.address("X", "redis", "unix") == "unix:///run/valkey"
    for value in ("garbage", "http://a", "redis:a", "redisx://a"):
        given(value)
        with wrong("X must be an address that begins with redis://"):
            env.address("X", "redis", "unix")


def test_an_origin_is_scheme_and_host_of_a_web_address():
    assert env.origin("SITE", "https://example.kz:8443/a?b#c") == "https://example.kz:8443"
    for value in ("example.kz", "ftp://example.kz", "https://", "javascript:alert(1)", ""):
        with wrong("SITE is not a web address"):
            env.origin("SITE", value)


def test_networks_are_addresses_or_networks(given):
    given("10.0.0.7, 172.18.0.0/16,fd00::/8")
    assert [str(network) for network in env.networks("X")] == ["10.0.0.7/32", "172.18.0.0/16", "fd00::/8"]
    assert env.networks("Y") == []
    for value in ("10.0.0.7/8", "localhost", "*", "10.0.0.0/33"):
        given(value)
        with wrong("X must be addresses or networks"):
            env.networks("X")


def test_a_secret_is_long_enough_and_not_shown(given):
    assert env.secret("X", shortest=24) == ""
    given("a" * 24)
    assert env.secret("X", shortest=24) == "a" * 24
    for value in ("letmein", "ә" * 24):
        given(value)
        with wrong("X must be at least 24 characters of ASCII") as told:
            env.secret("X", shortest=24)
        assert value not in str(told.value)


def test_a_number_with_a_point_is_between_its_ends(given):
    given("0.25")
    assert env.decimal("X", 0.0, -1, 1) == 0.25
    given("")
    assert env.decimal("X", 0.5, -1, 1) == 0.5
    for wrong in ("2", "-1.5", "nan", "much", "0,5"):
        given(wrong)
        with pytest.raises(ImproperlyConfigured, match="X must be"):
            env.decimal("X", 0.0, -1, 1)
