"""The risk check beside the sockets says what it says elsewhere, also after its process was killed."""

import pytest

from chat.heeding.reading import Reader
from emergency.risk import assess

TEXTS = ["Мен өмір сүргім келмейді, бәрінен шаршадым", "Сәлем,\nбүгін күн жақсы 🌙", "Не хочу больше жить"]


@pytest.fixture
def reader():
    reader = Reader()
    yield reader
    reader.end()


def test_another_process_says_the_same_also_after_it_was_killed(reader):
    expected = [assess(text) for text in TEXTS]
    assert [reader.read(text) for text in TEXTS] == expected
    reader._process.kill()
    reader._process.wait()
    assert [reader.read(text) for text in TEXTS] == expected


@pytest.mark.parametrize("python", ["/nowhere/python", "/bin/false"])
def test_where_no_other_process_can_begin_it_is_read_here(reader, monkeypatch, python):
    monkeypatch.setattr("sys.executable", python)
    assert [reader.read(text) for text in TEXTS] == [assess(text) for text in TEXTS]
    assert reader._process is None
