"""WhiteNoise reads the folder of static files whenever a test's client starts; the files stay what they are."""

from collections.abc import Iterator

import pytest
from whitenoise.base import WhiteNoise


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_read_once() -> Iterator[None]:
    """Let clients with the same settings for static files share what the first of them read."""
    read, known = WhiteNoise.update_files_dictionary, {}

    def once(self: WhiteNoise, root: str, prefix: str) -> None:
        key = (root, prefix, self.autorefresh, self.max_age, self.allow_all_origins, self.charset)
        if key not in known:
            before = dict(self.files)
            read(self, root, prefix)
            known[key] = {url: file for url, file in self.files.items() if url not in before}
        self.files.update(known[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", once)
        yield
