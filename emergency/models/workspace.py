"""Work on an urgent request: who has it, what they note, and the steps that must not be forgotten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from emergency.choices import Done, ForWhom, Part
from emergency.models.requests import HelpRequest
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class Claim(PublicIdModel):
    """That a helper has a request, or is asked to, from when to when; the database lets one at a time have each part.

    What the one who gives it on writes for the next one stands in their own claim.
    """

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="claims", db_index=False)
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="claims", verbose_name=_("helper")
    )
    part = models.CharField(_("part"), max_length=6, choices=Part, default=Part.MAIN)
    begun_at = models.DateTimeField(_("taken"), default=timezone.now)
    ended_at = models.DateTimeField(_("given on"), null=True)
    handed_words = EncryptedTextField(_("words for the next one"), blank=True)

    class Meta:
        indexes = [models.Index(fields=["request", "begun_at"], name="request_claim_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "part"], condition=Q(ended_at__isnull=True), name="request_taken_by_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.part}"


class RequestNote(PublicIdModel):
    """A helper's own note on a request; nobody else reads it."""

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="notes", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="request_notes")
    text = EncryptedTextField(_("note"))
    written_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["request", "written_at"], name="request_note_order")]

    def __str__(self) -> str:
        return str(self.public_id)


class ChecklistStep(PublicIdModel):
    """What must be thought of with every urgent request, as administrators wrote it; nobody's data."""

    kk = models.CharField(_("in Kazakh"), max_length=300)
    ru = models.CharField(_("in Russian"), max_length=300)
    en = models.CharField(_("in English"), max_length=300)
    minutes = models.PositiveIntegerField(_("within how many minutes"), null=True, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=8, choices=ForWhom, default=ForWhom.ALL)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_used = models.BooleanField(_("is used"), default=True)

    class Meta:
        verbose_name = _("step of the checklist")
        verbose_name_plural = _("steps of the checklist")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return getattr(self, get_language() or "kk")


class Check(PublicIdModel):
    """One step of the checklist on one request: due when, done by whom and when."""

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="checks", db_index=False)
    step = models.ForeignKey(ChecklistStep, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("due"), null=True)
    done = models.CharField(_("done"), max_length=8, choices=Done, blank=True)
    done_at = models.DateTimeField(_("when"), null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    words = EncryptedTextField(_("words"), blank=True)  # whom was told, or why it was not needed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "step"], name="request_check_once"),
            models.CheckConstraint(
                condition=Q(done="", done_at__isnull=True, done_by__isnull=True)
                | Q(done__in=Done.values, done_at__isnull=False),
                name="request_check_done_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_overdue(self) -> bool:
        return not self.done and self.due_at is not None and self.due_at <= timezone.now()
