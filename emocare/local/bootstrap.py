"""Make the environment in .venv/ from a lock file; run as a script by any Python, with its own library alone.

This file keeps to a syntax that an old Python reads too, so that it can say that it is too old.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
MINIMUM = (3, 11)
TOO_OLD = """Emocare: {} is Python {}.{}, and {}.{} or newer is needed.
Install one and name it, for example: make run PYTHON=python3.12"""


def main():
    """Leave an environment that holds the lock `local` or `dev`, and for `dev` a Chromium."""
    if sys.version_info < MINIMUM:
        sys.exit(TOO_OLD.format(*((sys.executable,) + sys.version_info[:2] + MINIMUM)))  # noqa: RUF005
    if not sys.platform.startswith("linux"):
        sys.exit("Emocare: make runs it on Linux only. Elsewhere use a container or a virtual machine.")
    # A script's own folder comes first in the path, and this one's modules would hide those of the standard library.
    sys.path[0] = ROOT
    from emocare.local import packages, virtualenv
    from emocare.local.errors import explained

    with explained():
        virtualenv.ensure(sys.argv[1])
        if sys.argv[1] == "dev":
            packages.ensure_chromium()


if __name__ == "__main__":
    main()
