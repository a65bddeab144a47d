"""`make run`: it serves, says what is in its way, and stops without a trace."""

import http.client
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from emocare.local import services
from emocare.local.waiting import until
from tests.local import support
from tests.local.support import Run, family, is_quiet

pytestmark = pytest.mark.xdist_group("run")


class Trial:
    """A var folder in which Emocare ran before, as it does on most days, and the run that is up there, if one is."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.run: Run | None = None
        Run(var).wait().finish(signal.SIGTERM)

    def up(self) -> Run:
        """Return the run that is up, started when there is none: most tests leave it as it was."""
        if self.run is None or self.run.process.poll() is not None:
            self.run = Run(self.var).wait()
        return self.run

    def down(self) -> Path:
        """Stop the run that is up; return the folder."""
        if self.run and self.run.process.poll() is None:
            self.run.finish(signal.SIGTERM)
        return self.var


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    found = Trial(tmp_path_factory.mktemp("run") / "var")
    yield found
    support.forget(found.down())


@pytest.fixture
def used(trial: Trial) -> Path:
    """Return a var folder in which Emocare ran before and does not run now."""
    return trial.down()


@pytest.fixture
def up(trial: Trial) -> Run:
    """Return a run that is up."""
    return trial.up()


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read()


def test_it_serves_pages_and_says_where_and_for_whom(up: Run) -> None:
    assert get(up.port, "/healthz")[0] == 200
    assert get(up.port, "/kk/")[0] == 200
    assert f"http://127.0.0.1:{up.port}" in up.said
    assert "Emocare-demo-2026" in up.said
    assert "psychologist2@demo.emocare.kz" in up.said


def test_a_second_run_says_that_one_runs_and_leaves_it_alone(up: Run) -> None:
    code, said = Run(up.var).finish()
    assert code == 1
    assert f"already runs from this folder, at http://127.0.0.1:{up.port} (process {up.process.pid})" in said
    assert f"kill {up.process.pid}" in said
    assert get(up.port, "/healthz")[0] == 200


def test_a_port_in_use_is_named_with_a_free_one(up: Run, var: Path) -> None:
    code, said = Run(var, port=up.port).finish()
    assert code == 1
    assert f"port {up.port} is in use by another program. Choose another one: make run PORT=" in said
    assert not (var / "postgres").exists()


def test_a_port_that_another_host_address_uses_is_in_use_too(up: Run, var: Path) -> None:
    code, said = Run(var, port=up.port, HOST="0.0.0.0").finish()  # noqa: S104
    assert code == 1
    assert "is in use" in said


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8000x", "٨٠٠٠", "1e3", " "])
def test_what_is_no_port_is_refused(var: Path, port: str) -> None:
    code, said = Run(var, port=port).finish()
    assert code == 1
    assert "PORT must be a number from 1 to 65535" in said


@pytest.mark.parametrize("host", ["203.0.113.7", "nowhere.invalid"])
def test_what_is_no_address_of_this_machine_is_refused(var: Path, host: str) -> None:
    code, said = Run(var, HOST=host).finish()
    assert code == 1
    assert "HOST must be an address of this machine" in said


def test_production_is_refused(var: Path) -> None:
    code, said = Run(var, EMOCARE_MODE="production").finish()
    assert code == 1
    assert "docs/operations.md" in said


def test_a_phone_in_the_network_can_open_it(used: Path) -> None:
    run = Run(used, HOST="0.0.0.0").wait()  # noqa: S104
    with socket.create_connection(("127.0.0.1", run.port)) as connection:
        connection.sendall(b"GET /kk/ HTTP/1.1\r\nHost: " + socket.gethostname().encode() + b"\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 200"
    assert run.finish(signal.SIGINT)[0] == 0


def test_ctrl_c_stops_all_and_the_data_stay(up: Run) -> None:
    secrets = (up.var / "secrets.json").read_text()
    code, said = up.finish(signal.SIGINT)
    assert (code, said.strip()) == (0, "Emocare has stopped.")
    assert family(up.var) == {}
    with services.running(up.var) as addresses:
        assert support.query(addresses["DATABASE_URL"], "SELECT count(*) > 7 FROM accounts_user")
    assert (up.var / "secrets.json").read_text() == secrets


def test_a_killed_run_leaves_nothing_that_stops_the_next_one_at_the_same_port(up: Run) -> None:
    up.kill()
    again = Run(up.var, port=up.port).wait()
    assert get(again.port, "/healthz")[0] == 200
    again.kill()
    assert is_quiet(up.var)


def test_the_worker_runs_beside_the_pages_and_is_started_again_when_it_dies(up: Run) -> None:
    assert until(lambda: _workers(up.var), 10)
    first = _workers(up.var)
    _kill(up.var, "manage.py work")
    assert until(lambda: _workers(up.var) - first, 20)
    assert get(up.port, "/healthz")[0] == 200


def test_links_of_letters_that_the_worker_writes_lead_to_the_trial(up: Run) -> None:
    assert until(lambda: _workers(up.var), 10)
    variables = Path(f"/proc/{min(_workers(up.var))}/environ").read_bytes().split(b"\0")
    assert f"SITE_URL=http://127.0.0.1:{up.port}".encode() in variables


def test_it_ends_and_says_so_when_the_web_server_dies(up: Run) -> None:
    _kill(up.var, "granian")
    code, said = up.finish()
    assert code == 1
    assert "the web server has ended" in said
    assert family(up.var) == {}


def test_it_ends_and_says_so_when_the_database_dies(up: Run) -> None:
    _kill(up.var, "keeper postgres")
    code, said = up.finish()
    assert code == 1
    assert "PostgreSQL has ended" in said
    assert is_quiet(up.var)


def _workers(var: Path) -> set[int]:
    return {pid for pid, command in family(var).items() if "manage.py work" in command}


def _kill(var: Path, word: str) -> None:
    pid = min(pid for pid, command in family(var).items() if word in command)
    os.kill(pid, signal.SIGKILL)
