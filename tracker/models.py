"""What people record of themselves: moods and words, at a moment; their own words for feelings and causes."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel
from tracker.choices import Level, WordKind, mood_word

CODE_LENGTH = 32  # a choice of tracker.choices, or the public id of an own word as 32 hexadecimal digits
WORDS_PER_ENTRY = 40


def codes() -> ArrayField:
    """Return a column of codes of feelings or causes."""
    return ArrayField(models.CharField(max_length=CODE_LENGTH), default=list, blank=True, size=WORDS_PER_ENTRY)


class MoodEntryQuerySet(models.QuerySet["MoodEntry"]):
    def of(self, owner: settings.AUTH_USER_MODEL) -> "MoodEntryQuerySet":
        """Return the person's own entries, newest first; nobody else has any way to them."""
        return self.filter(owner=owner).order_by("-felt_at", "-pk")


class MoodEntry(PublicIdModel):
    """One record of a moment: a mood, or words of the journal, or both."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mood_entries", db_index=False
    )  # the index below serves it
    level = models.PositiveSmallIntegerField(_("mood"), choices=Level, null=True, blank=True)
    feelings = codes()
    causes = codes()
    note = EncryptedTextField()
    prompt = models.CharField(max_length=20, blank=True)  # a key of tracker.prompts that the words answer
    felt_at = models.DateTimeField(_("when"), default=timezone.now)
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)
    # A supporter who wrote it for the owner; nothing when it was the owner.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MoodEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("mood entry")
        verbose_name_plural = _("mood entries")
        indexes = [models.Index(fields=["owner", "-felt_at"], name="mood_by_owner_and_time")]
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="mood_level_1_to_5"),
            models.CheckConstraint(
                condition=Q(level__isnull=False)
                | Q(GreaterThan(Func(F("note"), function="octet_length", output_field=models.IntegerField()), 0)),
                name="mood_or_words",
            ),
            models.UniqueConstraint(fields=["owner", "form_key"], name="mood_form_sent_once"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def mood(self) -> str:
        """Return the word of the level, nothing for words alone."""
        return mood_word(self.level) if self.level else ""


class OwnWord(PublicIdModel):
    """A person's own word for a feeling or a cause; entries name it by `code`."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mood_words")
    kind = models.CharField(max_length=10, choices=WordKind)
    word = EncryptedTextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=WordKind.values), name="own_word_kind_known")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return self.public_id.hex


class Draft(PublicIdModel):
    """What a person is writing and did not save yet; one for each person."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mood_draft")
    text = EncryptedTextField()
    prompt = models.CharField(max_length=20, blank=True)
    form_key = models.UUIDField(default=uuid.uuid4)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.public_id)


class ReportOffer(models.Model):
    """When a person was last offered the report on two weeks, so that it is offered once."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.owner_id)
