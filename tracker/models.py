"""Mood entries: how a person felt at a moment, and what they wrote to it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class Level(models.IntegerChoices):
    """The five levels of a mood, from the worst to the best."""

    VERY_BAD = 1, _("Very bad")
    BAD = 2, _("Bad")
    SO_SO = 3, _("So-so")
    GOOD = 4, _("Good")
    VERY_GOOD = 5, _("Very good")


class MoodEntryQuerySet(models.QuerySet["MoodEntry"]):
    def of(self, owner: settings.AUTH_USER_MODEL) -> "MoodEntryQuerySet":
        """Return the person's own entries, newest first; nobody else has any way to them."""
        return self.filter(owner=owner).order_by("-felt_at", "-pk")


class MoodEntry(PublicIdModel):
    """One record of a mood."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mood_entries", db_index=False
    )  # the index below serves it
    level = models.PositiveSmallIntegerField(_("mood"), choices=Level)
    note = EncryptedTextField()
    felt_at = models.DateTimeField(_("when"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MoodEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("mood entry")
        verbose_name_plural = _("mood entries")
        indexes = [models.Index(fields=["owner", "-felt_at"], name="mood_by_owner_and_time")]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="mood_level_1_to_5"),
            models.UniqueConstraint(fields=["owner", "form_key"], name="mood_form_sent_once"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
