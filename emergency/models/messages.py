"""What is written between somebody who asked for help and the one who is there for them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from emergency.models.follow_ups import FollowUp
from emergency.models.requests import HelpRequest
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class Message(PublicIdModel):
    """A few words between somebody who asked for help and the one who is there for them.

    They belong to an urgent request, or to a follow-up that comes from none.
    """

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, null=True, related_name="messages", db_index=False)
    request = models.ForeignKey(HelpRequest, models.CASCADE, null=True, related_name="messages", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_person = models.BooleanField()
    text = EncryptedTextField()
    written_at = models.DateTimeField(default=timezone.now)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["follow_up", "written_at"], name="follow_up_message_order"),
            models.Index(fields=["request", "written_at"], name="request_message_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up__isnull=False, request__isnull=True)
                | Q(follow_up__isnull=True, request__isnull=False),
                name="message_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
