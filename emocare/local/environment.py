"""The variables of a trial or of the tests: secrets, folders, and addresses of services that run."""

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from emocare.local import keys, paths, services
from emocare.local.errors import explained

MODES = {"trial": "development", "test": "test"}

_held = ExitStack()


def activate(purpose: str = "trial") -> None:
    """Let a command of this checkout work without any set-up; do nothing where the environment says what to use."""
    if is_set("EMOCARE_MODE") or is_set("DATABASE_URL") or not services.installed():
        return
    with explained():
        values, uses = _held.enter_context(prepared(purpose))
        os.environ.update(values | {use.variable: use.address() for use in uses})
    atexit.register(_held.close)


@contextmanager
def prepared(purpose: str) -> Iterator[tuple[dict[str, str], list[services.Use]]]:
    """Yield the variables and the services in use, which start meanwhile; what is set already stays."""
    paths.make(paths.var())
    var = paths.make(paths.var(purpose))
    values = {name: value for name, value in keys.load(var).items() if not is_set(name)}
    values |= {"EMOCARE_VAR": str(var), "EMOCARE_MODE": MODES[purpose], "DJANGO_SETTINGS_MODULE": "emocare.settings"}
    wanted = [name for name, variable in services.ADDRESSES.items() if not is_set(variable)]
    with services.in_use(var, purpose, wanted) as uses:
        yield values, uses


def is_set(name: str) -> bool:
    """Say whether the environment holds a setting, or the path of its file."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))
