from typing import Any

from django.core.management.base import BaseCommand

from accounts.export import services


class Command(BaseCommand):
    help = "Prepare downloads that nobody prepares, and delete those whose time is over; run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"prepared: {services.prepare_waiting()}")
        self.stdout.write(f"deleted: {services.delete_expired()}")
