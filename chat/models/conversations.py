"""A conversation of a person and a helper, and what each of the two has seen and wishes."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment
from chat.choices import Wish
from emocare.models import PublicIdModel


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def in_force(self) -> "ConversationQuerySet":
        """Return those whose two people are together now: docs/decisions/0013-helpers.md says when they are."""
        together = Assignment.objects.in_force().filter(user=OuterRef("owner"), helper=OuterRef("helper"))
        return self.filter(Exists(together))


class Conversation(PublicIdModel):
    """All that a person and one helper write to each other, as often as they are together.

    Messages are numbered from 1 without gaps; `last_number` is the newest. Whoever writes holds this row's lock.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversations", verbose_name=_("person")
    )
    # The person keeps what was written when the helper's account goes.
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="helper_conversations",
        verbose_name=_("helper"),
    )
    started_at = models.DateTimeField(default=timezone.now)
    last_number = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True)  # when the newest message was stored
    # Nobody writes while one of the two has blocked the other.
    blocked_at = models.DateTimeField(null=True)
    blocked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = [
            models.Index(fields=["owner", "-written_at"], name="conversation_of_owner"),
            models.Index(fields=["helper", "-written_at"], name="conversation_of_helper"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "helper"], name="conversation_one_of_a_pair"),
            models.CheckConstraint(condition=~Q(owner=F("helper")), name="conversation_of_two"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Side(PublicIdModel):
    """One of the two in a conversation: up to which number they got and read it, and what they wish to share.

    What is not in `wishes` is not shown of them; it counts only where the other wishes it too.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="sides")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="chat_sides")
    delivered = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)  # up to which number a notification said that there is something
    told_at = models.DateTimeField(null=True)
    typing = models.BooleanField(Wish.TYPING.label, default=False)
    live = models.BooleanField(Wish.LIVE.label, default=False)
    presence = models.BooleanField(Wish.PRESENCE.label, default=False)
    contacts = models.BooleanField(Wish.CONTACTS.label, default=False)
    # Whether those on duty are called when the person's words tell of danger to their life: as they agreed beforehand.
    alarm = models.BooleanField(_("to call the psychologist on duty"), null=True)  # nothing until it was answered

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person"], name="side_once"),
            models.CheckConstraint(condition=Q(delivered__gte=F("read")), name="side_read_what_came"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
