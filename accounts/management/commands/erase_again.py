from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.erasure import services


class Command(BaseCommand):
    help = "Delete the accounts that were deleted before and came back with an older backup; run it after each restore."

    def handle(self, *args: Any, **options: Any) -> None:
        gone, failed = services.erase_again()
        self.stdout.write(f"deleted again: {gone}")
        if failed:
            raise CommandError(f"{failed} accounts could not be deleted; the log has the kind of error.")
