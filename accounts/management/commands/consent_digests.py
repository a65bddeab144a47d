import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.consents import digests


class Command(BaseCommand):
    help = "Write down what the texts of the current versions say; refuses a version whose words were others."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--not-shown-yet",
            action="store_true",
            help="Write it also for a version that says something else; only while nobody was shown it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        known, now = digests.known(), digests.current()
        changed = digests.changed(known, now)
        if changed and not options["not_shown_yet"]:
            raise CommandError(digests.explained(changed))
        digests.FILE.write_text(json.dumps(known | now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(now)} texts are written down in {digests.FILE.name}.")
