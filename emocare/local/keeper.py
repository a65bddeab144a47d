"""Keep one embedded server running for as long as any process uses it.

Each user of a server holds a shared lock, which the kernel frees however the user ends. The keeper starts the server,
says so, and waits for that lock alone: having it means that nobody is left. It runs beside the commands, in a session
of its own, so that none of them takes the server from another by ending first.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from emocare.local import paths, places, processes, services
from emocare.local.errors import Trouble, in_words

STOPPING = 30


class Ended(Exception):
    """Say that the server has ended, or that the keeper was asked to."""


def main(name: str, var: str, purpose: str) -> int:
    """Run the server `name` for a var folder."""
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    files = services.Files(Path(var), name)
    if not files.keeper.take(seconds=STOPPING):
        return _report({"trouble": "another keeper does not end."})
    try:
        process, url = _start(name, purpose, files)
    except Trouble as trouble:
        return _report({"trouble": str(trouble)})
    except OSError as error:
        trouble = in_words(error)
        if trouble is None:
            raise
        return _report({"trouble": str(trouble)})
    try:
        _keep(process, url, files)
    finally:
        files.state.unlink(missing_ok=True)
        processes.stop(process, services.SERVERS[name].STOP, STOPPING)
    return 0


def _start(name: str, purpose: str, files: services.Files) -> tuple[subprocess.Popen, str]:
    server = services.SERVERS[name]
    package = services.package(server.MODULE)
    place = places.prepare(files.link, purpose, package, server.DISTRIBUTION)
    return server.start(place, purpose, files.log)


def _keep(process: subprocess.Popen, url: str, files: services.Files) -> None:
    """Say that the server answers, and come back when nobody uses it any more or it has ended."""
    with suppress(Ended):
        for expected in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(expected, _end)
        wait_until_unused = files.users.when_alone()
        paths.write(files.state, json.dumps({"url": url, "pid": process.pid, "keeper": os.getpid()}))
        _report({"url": url})
        if process.poll() is None:
            wait_until_unused()
    _listen_no_more()


def _end(*_: object) -> None:
    _listen_no_more()
    raise Ended


def _listen_no_more() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _report(said: dict[str, str]) -> int:
    """Tell the process that started us, which reads one line."""
    with suppress(BrokenPipeError):  # it was killed meanwhile
        print(json.dumps(said), flush=True)
    # What stays open here must not keep its reader waiting.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return 1 if "trouble" in said else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
