"""Tasks of notifications; what they do lies in the packages beside."""

from django.utils.translation import gettext_lazy as _

from emocare.background import PAUSES, SHORT, periodic, task
from notifications import daily_letter, quiet_hours
from notifications.mail import sending
from notifications.push import sending as pushing

# A mail server that was away for long gets what waited within the hour; in the end letters are too old, not forgotten.
HOURLY = (*PAUSES[:5], *[3600] * 24 * 30)


@task(name="notifications.deliver_letter", title=_("Writing a piece of news as a letter"))
def deliver_letter(delivery: int) -> None:
    """Write a piece of news as a letter, and hand it to the mail."""
    if not quiet_hours.put_off(deliver_letter, delivery):
        sending.deliver(delivery)


@task(name="notifications.deliver_push", title=_("Showing a piece of news on a device"))
def deliver_push(delivery: int) -> None:
    """Show a piece of news on one device."""
    if not quiet_hours.put_off(deliver_push, delivery):
        pushing.deliver(delivery)


@task(name="notifications.try_device", pauses=(5,), title=_("Showing a trial message on a device"))
def try_device(device: int) -> None:
    """Show a trial message on one device."""
    pushing.try_out(device)


@task(name="notifications.send_letter", pauses=HOURLY, title=_("Giving a letter to the mail server"))
def send_letter(letter: int) -> None:
    """Give a letter to the mail server."""
    sending.send(letter)


@periodic(cron="*/15 * * * *", name="notifications.daily_letters", title=_("Writing the daily letters"), pauses=SHORT)
def daily_letters(timestamp: int) -> None:
    """Write the daily letters of those whose hour has come."""
    daily_letter.send_due()
