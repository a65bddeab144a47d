from typing import Any

from django.core.management.base import BaseCommand

from accounts import retention


class Command(BaseCommand):
    help = "Forget what is kept of accounts only for a time; run it hourly."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in retention.forget_old().items():
            self.stdout.write(f"{what}: {count}")
