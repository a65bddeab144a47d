from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local import support


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """Return a var folder of the test's own, in a path with spaces and letters of three alphabets."""
    folder = tmp_path / "бос орын é" / "var"
    yield folder
    support.forget(folder)
