"""Addresses to which letters do not arrive: news go there no more, until there is reason to think that they arrive."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from emocare import notices
from notifications.choices import Post
from notifications.mail.addresses import digest, of_envelope
from notifications.models import Letter, MailTrouble

KIND = "mail"
ENOUGH = 2  # letters that did not arrive
WITHIN = timedelta(days=14)  # of each other
FOR = timedelta(days=30)  # then a letter of news tries it again
ARRIVED = timedelta(days=2)  # a letter that did not come back for so long has arrived


@transaction.atomic
def count(address: str) -> None:
    """Count a letter that will never arrive at the address of an account; tell the person inside Emocare."""
    user = User.objects.select_for_update(no_key=True).filter(email=address).first()
    if user is None:
        return
    now, known = timezone.now(), MailTrouble.objects.filter(user=user).first()
    goes_on = known and bytes(known.address) == _kept(user) and known.last_at > now - WITHIN
    counted = min(known.count + 1, 1000) if known and goes_on else 1
    values = {"address": _kept(user), "count": counted, "last_at": now}
    MailTrouble.objects.update_or_create(user=user, defaults=values)
    if counted == ENOUGH:
        notices.tell(user, KIND, "failing")


def is_failing(user: User) -> bool:
    """Say whether letters to a person's address do not arrive."""
    trouble = MailTrouble.objects.filter(user=user, count__gte=ENOUGH, last_at__gt=timezone.now() - FOR).first()
    if trouble is None or not user.email or bytes(trouble.address) != _kept(user):
        return False
    later = {"ended_at__gt": trouble.last_at, "ended_at__lt": timezone.now() - ARRIVED}
    return not Letter.objects.filter(address=trouble.address, state=Post.SENT, **later).exists()


def trust_again(user: User) -> None:
    """Write to a person's address again: they confirmed it, or looked and say that it is right."""
    MailTrouble.objects.filter(user=user).delete()


def _kept(user: User) -> bytes:
    try:
        return digest(of_envelope(user.email))
    except ValueError:
        return b""
