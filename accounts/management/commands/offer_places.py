from typing import Any

from django.core.management.base import BaseCommand

from accounts.helping import waiting


class Command(BaseCommand):
    help = "Offer free places of helpers to those who wait, for breaks and offers that ended by time; run it hourly."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(waiting.offer_places()))
