"""What people agreed to: the texts as they were shown, and who agreed to which, when, until when."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import SHARING, Purpose
from accounts.models.people import User
from emocare.models import PublicIdModel


class ConsentText(PublicIdModel):
    """Words that were shown to somebody who consented; they belong to nobody, and never change."""

    purpose = models.CharField(_("purpose"), max_length=30, choices=Purpose)
    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=5)
    text = models.TextField(_("text"))
    digest = models.BinaryField(max_length=32, unique=True, editable=False)

    def __str__(self) -> str:
        return self.text


class Consent(models.Model):
    """What a person agreed to: purpose, version and language of the text they saw, the text, and when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=30, choices=Purpose)
    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=5)
    # Empty for consents from before texts were kept.
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", null=True, editable=False)
    # To whom something is shown: what this person has with one psychologist.
    assignment = models.ForeignKey(
        "accounts.Assignment", models.SET_NULL, related_name="consents", null=True, editable=False
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(purpose__in=[p.value for p in SHARING]),
                name="consent_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["assignment", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_in_force_of_an_assignment",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")), name="consent_time_order"
            ),
            models.CheckConstraint(
                condition=Q(assignment__isnull=True) | Q(purpose__in=[p.value for p in SHARING]),
                name="consent_to_somebody_is_sharing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.version}"
