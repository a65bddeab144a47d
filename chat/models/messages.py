"""A message, and what the other side answered it with in one press."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from chat.choices import Reacted
from chat.models.conversations import Conversation
from emergency.risk.levels import Level
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class Message(PublicIdModel):
    """What one side wrote. `number` stands within its conversation, without gaps and doubles.

    `client_id` comes from whoever sent it, so that the same sent twice is one message. A deleted one keeps its number
    and time, without words.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    number = models.PositiveIntegerField()
    client_id = models.UUIDField(default=uuid.uuid4)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="chat_messages")
    by_owner = models.BooleanField()  # and else by the helper, also when that account is gone
    is_bot = models.BooleanField(default=False)
    text = EncryptedTextField()
    reply_to = models.PositiveIntegerField(null=True)  # the number of the message that this one answers
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    # What the risk check said; no level means that it has not looked yet.
    risk_level = models.SmallIntegerField(choices=[(level.value, level.name) for level in Level], null=True)
    risk_kind = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="message_number_once"),
            models.UniqueConstraint(fields=["conversation", "client_id"], name="message_sent_once"),
        ]
        indexes = [
            models.Index(
                fields=["written_at"], condition=models.Q(risk_level__isnull=True), name="message_not_looked_at"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Reaction(PublicIdModel):
    """What the other side answered a message with in one press; one of a person for a message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="chat_reactions")
    what = models.CharField(max_length=10, choices=Reacted)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="reaction_one_of_a_person")]

    def __str__(self) -> str:
        return str(self.public_id)
