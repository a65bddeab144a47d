import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from emocare.background import lateness, worker


class Command(BaseCommand):
    help = "Run what waits in the background, until SIGTERM. Several may run; WORKER_THREADS says how much at a time."
    requires_system_checks = []  # they read all of the site, and `make run` and the containers made them already

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="end with code 1 unless a worker gave a sign of life")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            try:
                asyncio.run(worker.work(settings.WORKER_THREADS))
            finally:
                connection.close_pool()  # else Python waits some seconds for its threads
        elif not lateness.has_worker():
            raise CommandError("No worker gave a sign of life within the last minute.")
