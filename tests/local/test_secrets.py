"""The secrets of a trial are made once, for nobody else's eyes."""

import base64
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from emocare.local import keys
from emocare.local.errors import Trouble


def test_they_stay_the_same_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    first = keys.load(tmp_path)
    assert keys.load(tmp_path) == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    version, key = first["ENCRYPTION_KEYS"].split(":")
    assert version == "1"
    assert len(base64.urlsafe_b64decode(key)) == 32


def test_two_folders_have_different_ones(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert keys.load(tmp_path / "one") != keys.load(tmp_path / "two")


def test_those_who_come_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: str(keys.load(tmp_path)), range(8)))
    assert len(set(made)) == 1


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"SECRET_KEY": "x"}'])
def test_damaged_ones_are_explained_and_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / "secrets.json").write_text(content)
    with pytest.raises(Trouble, match="is damaged"):
        keys.load(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == content
