from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from emocare.backup import keys
from emocare.backup.errors import BackupError


class Command(BaseCommand):
    help = "Make a pair of keys for the copies: the private one into FILE, which does not belong on the server."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a new file for the private key")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            public = keys.new_pair(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"BACKUP_RECIPIENTS={public}")
        self.stderr.write(
            f"The private key is in {options['file']}. Keep it, twice, where the server cannot reach it: whoever has "
            "it reads every copy, and without it nobody reads any."
        )
