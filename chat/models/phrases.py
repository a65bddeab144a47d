"""A phrase that somebody keeps for their conversations."""

from django.conf import settings
from django.db import models

from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class OwnPhrase(PublicIdModel):
    """A person's own ready phrase; only they see the list."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="own_phrases")
    text = EncryptedTextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.public_id)
