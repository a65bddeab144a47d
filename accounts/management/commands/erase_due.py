from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.erasure import leftovers, services


class Command(BaseCommand):
    help = "Delete the accounts whose people asked for it and had the time to change their mind; run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        gone, failed = services.erase_due()
        self.stdout.write(f"deleted: {gone}")
        self.stdout.write(f"files that nothing named: {leftovers.sweep()}")
        if failed:
            raise CommandError(f"{failed} accounts could not be deleted; the log has the kind of error.")
