"""Run the tests with services of their own: `make test`. WORKERS says how many at once."""

import os
import signal
import subprocess
import sys

from emocare.local import environment, packages, paths
from emocare.local.errors import Trouble, explained
from emocare.local.locks import Lock


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments; return its exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with explained():
        paths.make(paths.var())
        lock = Lock(paths.make(paths.var("test"), "run") / "tests.lock")
        if not lock.take():
            raise Trouble("the tests already run from this folder. Wait for them, or use another checkout.")
        with environment.prepared("test") as (values, uses):
            values |= {use.variable: use.address() for use in uses}
            values["CHROMIUM_SHELL"] = packages.find_shell() or ""
            values["CHROMIUM"] = packages.find_chromium() or ""
            return _run(os.environ | values, arguments)
    return 1


def _run(variables: dict[str, str], arguments: list[str]) -> int:
    prepare = [sys.executable, "-m", "emocare.local.prepare", "test"]
    if code := subprocess.run(prepare, env=variables, cwd=paths.ROOT, check=False).returncode:
        return code
    workers = os.environ.get("WORKERS") or "2"
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadgroup", *arguments]
    with subprocess.Popen(command, env=variables, cwd=paths.ROOT) as tests:
        signal.signal(signal.SIGTERM, lambda *_: tests.terminate())
        # Ctrl-C reaches pytest by itself, which then says how far it came; we wait for that and stop the services.
        while True:
            try:
                return tests.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
