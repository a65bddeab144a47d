from django.core.management.base import BaseCommand

from tests_app import library


class Command(BaseCommand):
    help = "Publish the tests that come with Emocare; run again, it changes nothing."

    def handle(self, *args: object, **options: object) -> None:
        """Load and say what is new."""
        new = library.load()
        self.stdout.write(f"{len(new)} new: " + ", ".join(v.content["key"] for v in new) if new else "nothing new")
