from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.journal import chain, ledger


def noted(text: str) -> tuple[int, str]:
    """Read NUMBER:HEX."""
    number, _colon, digest = text.partition(":")
    if len(bytes.fromhex(digest)) != 32:
        raise ValueError(text)
    return int(number), digest


class Command(BaseCommand):
    help = (
        "Compute the chain of the journal anew and say which entries were changed, removed or added past it, and"
        " whether it still holds the heads that the ledger noted. Ends with code 1 when something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", action="append", type=noted, default=[], help="NUMBER:HEX, noted elsewhere")
        parser.add_argument("--note", action="store_true", help="note the head in the ledger when all is well")
        parser.add_argument(
            "--restored",
            type=noted,
            metavar="NUMBER:HEX",
            help="after a restore: the head of the copy; it is noted, and those noted for later links count no more",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            heads = ledger.heads()
        except ValueError as error:
            raise CommandError(str(error)) from error
        if copy := options["restored"]:
            heads = [*(head for head in heads if head[0] <= copy[0]), copy]
        check, wrong = chain.Check([*heads, *options["head"]]), 0
        for problem in check.problems():
            wrong += 1
            self.stderr.write(problem)
        if wrong:
            raise CommandError(f"The journal is damaged in {wrong} places.")
        if copy:
            ledger.append(ledger.RESTORED, *copy)
        if options["note"] and check.last:
            ledger.append(ledger.HEAD, check.last, check.digest.hex())
        self.stdout.write(f"The journal is whole: {check.last} entries, {len(heads)} heads noted.")
        if check.last:
            self.stdout.write(f"head {check.last}:{check.digest.hex()}")
