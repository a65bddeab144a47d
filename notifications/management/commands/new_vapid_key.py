from typing import Any

from django.core.management.base import BaseCommand

from notifications.push import keys


class Command(BaseCommand):
    help = "Print a new key by which push services know this site; with another key every device has to be added anew."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        private, public = keys.new()
        self.stdout.write(f"VAPID_PRIVATE_KEY={private}")
        self.stderr.write(f"Its public half, which browsers get: {public}")
