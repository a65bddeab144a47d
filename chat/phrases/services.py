"""Keeping one's own phrases."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.helping.steps import Refused
from accounts.models import User
from chat.models import OwnPhrase

MOST = 30
FULL = _("You have %(count)s phrases of your own. Remove one, then there is room for another.")


@transaction.atomic
def add(*, owner: User, text: str) -> OwnPhrase:
    """Keep a phrase and return it; one that is there already stays as it is. Refused where there is no room."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)  # two forms at once do not make one too many
    known = {phrase.text.casefold(): phrase for phrase in OwnPhrase.objects.filter(owner=owner)}
    if text.casefold() in known:
        return known[text.casefold()]
    if len(known) >= MOST:
        raise Refused(FULL % {"count": MOST})
    return OwnPhrase.objects.create(owner=owner, text=text)


def delete(*, phrase: OwnPhrase) -> None:
    """Remove a phrase from the list; messages that were sent with it stay."""
    phrase.delete()


def joined(typed: str, phrase: str) -> str:
    """Return what stands in the field when a phrase comes to what was typed there; chat-phrases.js does the same."""
    between = "" if not typed or typed[-1].isspace() else " "
    return f"{typed}{between}{phrase}"
