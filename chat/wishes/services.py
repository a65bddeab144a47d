"""Choosing what the other side may see."""

from collections.abc import Collection

from django.db import transaction

from chat import live
from chat.access import Seat
from chat.choices import Wish
from chat.models import Side


@transaction.atomic
def choose(seat: Seat, wished: Collection[Wish]) -> None:
    """Remember what this person wants, all else not; open pages hear that something changed, and not what."""
    choices = {wish.value: wish in wished for wish in Wish}
    mine = {"conversation": seat.conversation, "person": seat.person}
    side, _new = Side.objects.select_for_update().get_or_create(**mine)
    if any(getattr(side, name) != wanted for name, wanted in choices.items()):
        Side.objects.filter(pk=side.pk).update(**choices)
        live.say(seat.conversation, {"type": "wishes"})
