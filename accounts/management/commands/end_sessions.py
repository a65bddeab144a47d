from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.signin import access, services

REASON = "manage.py end_sessions"


class Command(BaseCommand):
    help = "Sign people out on all their devices, at once: those who are named, or everybody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="an e-mail address or a nickname")
        parser.add_argument("--all", action="store_true", help="everybody who is signed in")

    def handle(self, *args: Any, names: list[str], **options: Any) -> None:
        if bool(names) == options["all"]:
            raise CommandError("Name people, or say --all.")
        people = access.signed_in_people() if options["all"] else access.people_named(names)
        if unknown := set(names) - {name for person in people for name in (person.email, person.username)}:
            raise CommandError(f"Nobody is called {', '.join(sorted(unknown))}.")
        ended = sum(services.sign_out_everywhere(user=person, reason=REASON) for person in people)
        self.stdout.write(f"sessions: {ended}")
