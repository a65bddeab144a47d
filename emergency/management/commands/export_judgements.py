import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from emergency.judgements import services


class Command(BaseCommand):
    help = (
        "Write the sentences about the risk check that were reviewed and can be learned from into a file, a line of"
        " JSON each, without a word about who wrote them: always all of them, in place of an older file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where to; only its owner can read it")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        fresh = file.with_name(f"{file.name}.new")
        try:
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
                lines = services.export(actor=None)
                out.writelines(f"{line}\n" for line in lines)
            fresh.replace(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}") from error
        self.stdout.write(
            f"{len(lines)} sentences are in {file}. They are people's own words: never publish the file, and delete its"
            " older copies. docs/risk-check.md says how to train with it."
        )
