"""PostgreSQL and Valkey for one test alone, which it may kill; they come back at their address with their data."""

import signal
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from emocare.backup import programs
from emocare.local import places, postgres, processes, services, valkey
from tests.support.outside import database_url
from tests.support.waiting import until

# What a killed PostgreSQL had committed must be there; the tests' usual settings would not say so.
SURVIVES = "ALTER ROLE emocare SET synchronous_commit = on;\n"


class _Server:
    module = postgres

    def __init__(self, var: Path) -> None:
        name = self.module.NAME.lower()
        self.log = var / f"{name}.log"
        package = services.package(self.module.MODULE)
        self.place = places.prepare(var / name, "test", package, self.module.DISTRIBUTION)
        self.process, self.url = self.module.start(self.place, "test", self.log)
        self.port = urlsplit(self.url).port

    def kill(self) -> None:
        """End it as the kernel does when memory runs out."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it for good; what it kept goes with the folder of the test."""
        processes.stop(self.process, signal.SIGKILL, 5)


class Postgres(_Server):
    """A PostgreSQL with the tables of the test's own database, and what its migrations put there."""

    module = postgres

    def __init__(self, var: Path) -> None:
        super().__init__(var)
        self._fill()

    def _fill(self) -> None:
        dump = [programs.find("pg_dump", 18), "--no-owner", f"--dbname={database_url()}"]
        fill = [programs.find("psql", 18), "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={self.url}"]
        text = subprocess.run(dump, stdout=subprocess.PIPE, check=True).stdout
        subprocess.run(fill, input=SURVIVES.encode() + text, stdout=subprocess.DEVNULL, check=True)

    def start(self) -> None:
        """Start it again; what a killed one left may need a moment to go."""
        until(self._try, 60)

    def _try(self) -> bool:
        chosen = {**postgres.SETTINGS, **postgres.TEST_SETTINGS, "port": str(self.port)}
        options = [text for name, value in chosen.items() for text in ("-c", f"{name}={value}")]
        with self.log.open("ab") as output:
            self.process = processes.start(
                [self.place.programs / "pginstall" / "bin" / "postgres", "-D", self.place.data, *options],
                log=output,
                folder=self.place.data,
                environment=postgres.ENVIRONMENT,
                at_our_end=signal.SIGQUIT,
                account=self.place.account,
            )
        until(lambda: self.process.poll() is not None or postgres.is_ready(self.place, self.process.pid), 60)
        return self.process.poll() is None


class Valkey(_Server):
    """A Valkey; what it held is gone when it was killed."""

    module = valkey

    def start(self) -> None:
        self.process = valkey.launch(self.place, self.log, self.port, urlsplit(self.url).password)
        until(lambda: valkey.answers(self.port, urlsplit(self.url).password), 30)
