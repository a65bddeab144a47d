from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.retention import services


class Command(BaseCommand):
    help = "Let go of what has had its time, and report it; run daily. Twice, or two at once, does no harm."

    def handle(self, **options: Any) -> None:
        report = services.run()
        if report is None:
            self.stdout.write("Another run is under way.")
            return
        for key, count in report.counts.items():
            self.stdout.write(f"{key}: {count}")
        if report.failed:
            raise CommandError("Failed: " + ", ".join(f"{key} ({error})" for key, error in report.failed.items()))
