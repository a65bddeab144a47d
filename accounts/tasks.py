"""Tasks of accounts; what they do lies in the packages that they name."""

from django.core.management import CommandError, call_command
from django.utils.translation import gettext_lazy as _

from accounts.export import services as exports
from accounts.helping import waiting
from accounts.retention import services as retention
from emocare.background import SHORT, SLOW, GiveUp, periodic, task


# One at a time, however many are asked for: the other threads of a worker are for what is quick.
@task(
    name="accounts.prepare_export",
    title=_("Preparing a copy of somebody's data"),
    priority=SLOW,
    lock="accounts.prepare_export",
    pauses=SHORT,
)
def prepare_export(export: int) -> None:
    """Prepare a download."""
    exports.prepare(export)


@periodic(
    cron="*/5 * * * *",
    name="accounts.look_after_exports",
    title=_("Looking after copies of data"),
    priority=SLOW,
    pauses=SHORT,
)
def look_after_exports(timestamp: int) -> None:
    """Prepare downloads that were left behind, and delete those whose time is over."""
    exports.prepare_left()
    exports.delete_expired()


@periodic(cron="*/5 * * * *", name="accounts.offer_places", title=_("Offering free places of helpers"), pauses=SHORT)
def offer_places(timestamp: int) -> None:
    """Offer places that time made free: a break that ended, an offer that nobody took."""
    waiting.offer_places()


@periodic(cron="10 22 * * *", name="accounts.let_go", title=_("Daily clean-up of what had its time"), priority=SLOW)
def let_go(timestamp: int) -> None:
    """Let go of what is kept only for a time, at night in Kazakhstan; a kind that failed has its turn the next day."""
    report = retention.run()
    if report and report.failed:
        raise GiveUp(f"failed: {', '.join(report.failed)}")


@periodic(
    cron="40 22 * * *", name="accounts.check_journal", title=_("Daily check of the journal"), priority=SLOW, pauses=()
)
def check_journal(timestamp: int) -> None:
    """Compute the chain of the journal anew and note its head; what is wrong stands in the log."""
    try:
        call_command("verify_journal", note=True)
    except CommandError as error:
        raise GiveUp("the journal is damaged, or its ledger cannot be read") from error
