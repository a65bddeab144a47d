"""Files are read within limits, and whatever is in them is judged or refused, in words and soon."""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import pairwise
from time import process_time
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.support.work import instructions
from tests.support.written import band, content, item, options, scored, words
from tests_app import library
from tests_app.checking import Unreadable, check, read


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def as_bytes(given: Any) -> bytes:
    return json.dumps(given, ensure_ascii=False).encode()


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "This is not JSON"),
    "no JSON": (b"<html>", "This is not JSON"),
    "half of it": (as_bytes(content())[:-5], "This is not JSON"),
    "two of them": (b"{} {}", "This is not JSON"),
    "ten megabytes": (b'"' + b"x" * 10_000_000 + b'"', "larger than 1 MB"),
    "a page of 1251": ('{"name": "Тест"}'.encode("cp1251"), "not in UTF-8"),
    "UTF-16": ('{"name": "Тест"}'.encode("utf-16"), "not in UTF-8"),
    "half of a character": (b'{"name": "\xed\xa0\x80"}', "not in UTF-8"),
    "a zero": (b'{"name": "\0"}', "belong to no text"),
    "deep lists": (b"[" * 500_000, "too deep"),
    "deep objects": (b'{"a":' * 21 + b"1" + b"}" * 21, "too deep"),
    "a name twice": (b'{"key": "a", "key": "b"}', "“key” stands twice"),
    "a huge number": (b'{"version": ' + b"9" * 5000 + b"}", "too large"),
    "a number beyond all": (b'{"version": 1e999}', "whole numbers"),
    "no number": (b'{"version": NaN}', "whole numbers"),
    "without end": (b'{"version": -Infinity}', "whole numbers"),
    "a point": (b'{"version": 1.0}', "whole numbers"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_in_words(case):
    raw, words = UNREADABLE[case]
    with pytest.raises(Unreadable, match=words):
        read(raw)


def many_sums() -> dict[str, Any]:
    """Return a test with as many sums as sixty questions that hang on one another can give."""
    of_each, items = options(1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 99, 100), []
    values = [option["value"] for option in of_each]
    for root in "ab":
        items.append(item(root, options=of_each))
        for child in "cd":
            asked = {"item": root, "values": values}
            items.append(item(root + child, options=of_each, ask_if=asked))
            asked = {"item": root + child, "values": values}
            items += [item(f"{root}{child}{n}", options=of_each, ask_if=asked) for n in range(13)]
    weights = {one["id"]: 10 - number % 4 for number, one in enumerate(items)}
    ids = [one["id"] for one in items]
    parts = [{"code": f"p{n}", "name": words("p"), "items": ids, "bands": [band("b", 0, 1)]} for n in range(12)]
    return content(items=items, **scored(0, 1, weights=weights, parts=parts))


COSTLY: dict[str, tuple[Any, str]] = {
    "unlike things that could be twice": (
        content(sources=[thing for number in range(20_000) for thing in (number, str(number))]),
        "At most 40 belong here",
    ),
    "more sums than a score can be": (many_sums(), "The answers give"),
}


@pytest.mark.parametrize("case", COSTLY)
def test_what_would_take_hours_is_refused_in_seconds(case):
    hostile, expected = COSTLY[case]
    began = process_time()
    assert any(expected in problem.words for problem in check(hostile))
    assert process_time() - began < 8


def test_a_name_that_comes_again_after_very_many_is_found_in_seconds():
    names = [*range(60_000), 59_999]
    began = process_time()
    with pytest.raises(Unreadable, match="stands twice"):
        read(("{" + ",".join(f'"{name}":1' for name in names) + "}").encode())
    assert process_time() - began < 8


def test_brackets_in_texts_are_not_deep_and_a_mark_of_the_encoding_is_no_harm():
    deep = content(description=words("[" * 50 + '\\" [ {'))
    assert read(b"\xef\xbb\xbf" + as_bytes(deep)) == deep


ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
LOOKUPS = some.sampled_from(["items", "bands", "scoring", "critical", "options", "name", "licence", "codes", "sources"])


@settings(max_examples=200, deadline=None, database=None)
@given(name=LOOKUPS | some.sampled_from(sorted(content())), value=ANYTHING)
def test_anything_in_any_place_is_judged_and_breaks_nothing(name, value):
    check(content(**{name: value}))
    check(value)


@settings(max_examples=200, deadline=None, database=None)
@given(some.binary(max_size=200) | some.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(raw):
    with suppress(Unreadable):
        check(read(raw))


# How many of what make a megabyte.
NONSENSE: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "empty objects": (340_000, lambda count: b'{"items": [' + b",".join([b"{}"] * count) + b"]}"),
    "signs": (200_000, lambda count: b'{"items": ["' + b'","'.join([b"<"] * count) + b'"]}'),
    "names": (80_000, lambda count: b"{" + b",".join(b'"%d": 1' % number for number in range(count)) + b"}"),
}


def judge(raw: bytes) -> list:
    return check(read(raw))


@pytest.mark.parametrize("kind", NONSENSE)
def test_a_megabyte_of_nonsense_is_refused_and_four_times_as_much_is_four_times_the_work(kind):
    all_of_it, make = NONSENSE[kind]
    assert len(judge(make(all_of_it))) > 0
    little, much = (instructions(partial(judge, make(count))) for count in (1000, 4000))
    assert much < 5 * little


def test_the_widest_test_is_no_more_work_than_its_questions_and_answers():
    names = [f"q{number}" for number in range(60)]
    chain = [item("q0")] + [
        item(name, ask_if={"item": before, "values": [0, 7, 100]}) for before, name in pairwise(names)
    ]
    wide = options(0, 1, 2, 3, 5, 7, 11, 23, 41, 67, 89, 100)
    for items in (
        chain,
        [item(name) for name in names],
        [item("q0"), *(chain[1] | {"id": name} for name in names[1:])],
    ):
        widest = content(items=items, options=wide, **scored(0, 6000, weights=dict.fromkeys(names, 10)))
        assert instructions(partial(check, widest)) < 5_000_000


def test_a_shipped_file_that_is_wrong_is_named_and_nothing_is_loaded(tmp_path):
    (tmp_path / "calm.json").write_bytes(as_bytes(content(minutes=0)))
    (tmp_path / "other.json").write_bytes(as_bytes(content()))
    with pytest.raises(library.Broken) as broken:
        library.contents_of(tmp_path)
    assert "calm.json: minutes: The number has to be from 1 to 60." in str(broken.value)
    assert "calm: this key is in more than one file" in str(broken.value)
    (tmp_path / "calm.json").write_bytes(b"{")
    with pytest.raises(library.Broken, match=r"calm\.json: This is not JSON"):
        library.contents_of(tmp_path)
