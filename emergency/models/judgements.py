"""What people say of the risk check when it was wrong."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from emergency.judgements.choices import Complaint, Language, Verdict
from emergency.risk.levels import Kind, Level
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel

NO_LABEL = {"right_level__isnull": True, "right_kind": "", "right_language": ""}  # of a sentence about the check


class Judgement(PublicIdModel):
    """One sentence that the risk check read wrongly, as its person sent it with consent, and what a review says.

    Nothing leads from it to the entry that it was taken from.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="judgements", verbose_name=_("person")
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    complaint = models.CharField(_("what was not right"), max_length=20, choices=Complaint)
    text = EncryptedTextField(_("sentence"))
    meant = EncryptedTextField(_("what it meant"))
    agreed_to = models.TextField(_("words that the person agreed to"))  # with the moment of `sent_at`
    # What the check of that release says of these very words.
    language = models.CharField(_("language"), max_length=5, choices=Language)
    level = models.PositiveSmallIntegerField(_("level that the check gave"), choices=Level)
    kind = models.CharField(_("kind of danger that the check gave"), max_length=20, choices=Kind)
    confidence = models.FloatField(_("confidence of the check"))
    release = models.CharField(_("release of Emocare"), max_length=100)
    verdict = models.CharField(
        pgettext_lazy("review", "verdict"), max_length=10, choices=Verdict, default=Verdict.WAITS
    )
    right_language = models.CharField(_("language of the sentence"), max_length=5, choices=Language, blank=True)
    right_level = models.PositiveSmallIntegerField(_("right level"), choices=Level, null=True)
    right_kind = models.CharField(_("right kind of danger"), max_length=20, choices=Kind, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="reviewed_judgements",
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("sentence about the risk check")
        verbose_name_plural = _("sentences about the risk check")
        indexes = [
            models.Index(F("reviewed_at").asc(nulls_first=True), "sent_at", name="judgement_to_review"),
            models.Index(fields=["sent_at"], name="judgement_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(complaint__in=Complaint.values), name="judgement_complaint_known"),
            models.CheckConstraint(condition=~Q(agreed_to=""), name="judgement_agreed_to"),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="judgement_confidence"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.WAITS, reviewed_at__isnull=True, reviewed_by__isnull=True, **NO_LABEL)
                | Q(verdict=Verdict.UNUSABLE, reviewed_at__isnull=False, **NO_LABEL)
                | Q(verdict=Verdict.LABEL, reviewed_at__isnull=False)
                & Q(right_language__in=Language.values)
                & (
                    Q(right_level=Level.NONE, right_kind=Kind.NONE)
                    | Q(right_level__in=[level.value for level in Level if level])
                    & Q(right_kind__in=[kind.value for kind in Kind if kind != Kind.NONE])
                ),
                name="judgement_label_fits_the_verdict",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def waits(self) -> bool:
        return self.verdict == Verdict.WAITS

    @property
    def review_mark(self) -> str:
        """Return what changes with every review, so that nobody decides over one that they have not seen."""
        return self.reviewed_at.isoformat() if self.reviewed_at else ""
