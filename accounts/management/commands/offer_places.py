from typing import Any

from django.core.management.base import BaseCommand

from accounts.helping import waiting


class Command(BaseCommand):
    help = "Offer free places of helpers to those who wait, when breaks and offers ended; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(waiting.offer_places()))
