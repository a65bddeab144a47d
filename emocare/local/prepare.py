"""Bring database and files up to date, in one process; its last line tells the runner what to show."""

import hashlib
import json
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from emocare.local import messages, paths


def main(purpose: str) -> None:
    """Compile the translations, collect the static files, and for a trial migrate and load the demonstration data."""
    messages.compile_all()
    django.setup()
    _collect()
    if purpose == "trial":
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_instruments", verbosity=0)
        call_command("demo_data")
        from accounts import demo

        sign_ins = [(email, str(role)) for email, role in demo.SIGN_INS]
        print(json.dumps({"password": demo.PASSWORD, "sign_ins": sign_ins}))


def _collect() -> None:
    """Collect and compress the static files when one of them has changed: it takes seconds."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    state = _state()
    if mark.exists() and mark.read_text(encoding="utf-8") == state:
        return
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(state, encoding="utf-8")


def _state() -> str:
    """Return a digest of what the collected files are made from."""
    sources = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    parts = [repr(settings.STORAGES), django.__version__]
    for source in sorted([*sources, paths.ROOT / "emocare" / "staticfiles.py"]):
        found = source.stat()
        parts.append(f"{source} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
