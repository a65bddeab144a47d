from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from emocare.backup import restoring, server
from emocare.backup.errors import BackupError

HEAD = "journal head"  # in BACKUP_FACTS


class Command(BaseCommand):
    help = "Put a copy back into the database of DATABASE_URL and MEDIA_ROOT, or change nothing."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the copy, emocare-....tar.age")
        parser.add_argument(
            "--identity", type=Path, required=True, metavar="KEYFILE", help="file of the private key, or -"
        )
        parser.add_argument("--replace", action="store_true", help="take the place of what is there, which is kept")
        parser.add_argument("--into", metavar="NAME", help="another database of the same server, for a drill")
        parser.add_argument("--media", type=Path, metavar="FOLDER", help="another folder than MEDIA_ROOT, with --into")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["into"]) != bool(options["media"]):
            raise CommandError("--into NAME and --media FOLDER belong together.")
        try:
            database = server.Database.at(settings.DATABASE_URL)
            done = restoring.restore(
                path=options["file"],
                identity=options["identity"],
                database=database.beside(options["into"]) if options["into"] else database,
                media=options["media"] or Path(settings.MEDIA_ROOT),
                replace=options["replace"],
            )
        except (BackupError, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
        self._tell(done)
        if not options["into"]:
            self._tell_the_rest(done.manifest.facts.get(HEAD))

    def _tell(self, done: restoring.Restored) -> None:
        manifest = done.manifest
        rows = sum(manifest.counts.values())
        self.stdout.write(f"Restored the copy of {manifest.made_at}: {len(manifest.counts)} tables, {rows} rows.")
        if done.former_database:
            self.stdout.write(f"What was there is kept as database {done.former_database}.")
        if done.former_media:
            self.stdout.write(f"The files that were there are kept in {done.former_media}.")
        if done.former_database or done.former_media:
            self.stdout.write("Delete it when all is well: it holds personal data.")

    def _tell_the_rest(self, head: str | None) -> None:
        verify = f"verify_journal --restored {head}" if head else "verify_journal"
        known = get_commands()
        # What people ended since the copy was made, a stolen telephone's session too, came back with it.
        steps = [step for step in ("migrate", "end_sessions --all", "erase_again", verify) if step.split()[0] in known]
        self.stdout.write("Before the site opens again, in this order:")
        for step in steps:
            self.stdout.write(f"  manage.py {step}")
