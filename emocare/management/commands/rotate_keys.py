from collections import Counter
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from emocare import crypto, rotation


class Command(BaseCommand):
    help = "Seal what older keys of ENCRYPTION_KEYS encrypted with the newest one; may run beside the live site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, count the values of each key")
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="rows a transaction (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError("--batch is at least 1.")
        try:
            newest = rotation.newest_version()
            if options["check"]:
                self._check(newest)
                return
            rotation.require_right_key()
        except ImproperlyConfigured as error:
            raise CommandError(f"{error}.") from error
        self._rotate(newest, options["batch"])

    def _rotate(self, newest: int, batch: int) -> None:
        unreadable: dict[str, int] = {}
        left = 0
        for column in rotation.columns():
            outcome = rotation.rotate(column, batch)
            self.stdout.write(f"{column}: {outcome.done} sealed with key {newest}, {outcome.left} left")
            self.stdout.flush()
            left += outcome.left
            if outcome.unreadable:
                unreadable[str(column)] = outcome.unreadable
        if unreadable:
            listed = "; ".join(f"{column}: {count}" for column, count in unreadable.items())
            raise CommandError(
                f"Cannot be decrypted, and were left as they are: {listed}. Their key is missing from "
                "ENCRYPTION_KEYS, or the value was changed or moved."
            )
        if left:
            raise CommandError(f"{left} values were being written or came in meanwhile. Run it again.")

    def _check(self, newest: int) -> None:
        total: Counter[int] = Counter()
        for column in rotation.columns():
            found = column.versions()
            total.update(found)
            counted = ", ".join(f"key {version}: {count}" for version, count in found.items())
            self.stdout.write(f"{column}: {counted or 'nothing'}")
        known = crypto.parse_keys(settings.ENCRYPTION_KEYS)
        for version in sorted(known.keys() - {newest}):
            verdict = f"still needed by {total[version]}" if total[version] else "no longer needed by the database"
            self.stdout.write(f"Key {version} is {verdict}.")
        missing = sorted(total.keys() - known.keys())
        if missing:
            listed = ", ".join(f"key {version}: {total[version]}" for version in missing)
            raise CommandError(f"ENCRYPTION_KEYS lacks keys that values need: {listed}.")
