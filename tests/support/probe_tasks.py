"""Tasks that only the tests know; each writes what it does into a file of the folder that it is given."""

from pathlib import Path

from django.db import connection

from emocare.background import GiveUp, task
from tests.support.waiting import until


def note(folder: str, word: str) -> None:
    with (Path(folder) / "notes").open("a", encoding="utf-8") as notes:
        notes.write(f"{word}\n")


def notes(folder: Path) -> list[str]:
    """Return what the tasks wrote down, in order."""
    file = folder / "notes"
    return file.read_text(encoding="utf-8").split() if file.exists() else []


@task(name="probe.done")
def done(folder: str, word: str = "done") -> None:
    note(folder, word)


@task(name="probe.ask_the_database")
def ask_the_database(folder: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        note(folder, str(cursor.fetchone()[0]))


@task(name="probe.hold")
def hold(folder: str) -> None:
    """Take until there is a file `go`."""
    note(folder, "begun")
    until((Path(folder) / "go").exists, 60)
    note(folder, "ended")


@task(name="probe.fail")
def fail(folder: str) -> None:
    note(folder, "tried")
    if not (Path(folder) / "go").exists():
        raise ValueError("құпия сөз")


@task(name="probe.give_up")
def give_up(folder: str) -> None:
    note(folder, "tried")
    raise GiveUp("құпия сөз")
