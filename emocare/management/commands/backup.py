from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from emocare.backup import making, restoring, server
from emocare.backup.copies import Keeping
from emocare.backup.errors import BackupError


class Command(BaseCommand):
    help = "Make an encrypted copy of the database and the media in BACKUP_DIR, or check one; beside the live site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", type=Path, metavar="FILE", help="make nothing; check this copy whole")
        parser.add_argument(
            "--identity", type=Path, metavar="KEYFILE", help="file of the private key, or -, for --check"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["check"]) != bool(options["identity"]):
            raise CommandError("--check FILE and --identity KEYFILE belong together.")
        try:
            if options["check"]:
                self._check(options["check"], options["identity"])
            else:
                self._make()
        except (BackupError, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error

    def _check(self, path: Path, identity: Path) -> None:
        manifest = restoring.check(path, identity)
        rows = sum(manifest.counts.values())
        self.stdout.write(f"{path} is whole: made {manifest.made_at}, {len(manifest.counts)} tables, {rows} rows.")
        for name, value in manifest.facts.items():
            self.stdout.write(f"{name}: {value}")

    def _make(self) -> None:
        made = making.make(
            database=server.Database.at(settings.DATABASE_URL),
            media=Path(settings.MEDIA_ROOT),
            folder=Path(settings.BACKUP_DIR),
            recipients=settings.BACKUP_RECIPIENTS,
            keeping=Keeping(**settings.BACKUP_KEEP, days=settings.BACKUP_DAYS),
        )
        rows = sum(made.manifest.counts.values())
        size = made.path.stat().st_size
        self.stdout.write(f"{made.path}: {size} bytes, {len(made.manifest.counts)} tables, {rows} rows.")
        for what, names in (("deleted", made.manifest.gone), ("being written", made.manifest.changed)):
            if names:
                self.stdout.write(f"Files that were {what} meanwhile: {len(names)}; the manifest names them.")
        for path in made.deleted:
            self.stdout.write(f"Deleted, for it is not kept any longer: {path.name}")
