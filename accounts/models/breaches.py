"""The register of breaches; nothing in it names the people concerned."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.breaches.choices import GUIDES, Kind, Step
from accounts.breaches.deadline import due
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class BreachQuerySet(models.QuerySet["Breach"]):
    def open(self) -> "BreachQuerySet":
        return self.filter(closed_at__isnull=True)

    def closed(self) -> "BreachQuerySet":
        return self.filter(closed_at__isnull=False)

    def overdue(self) -> "BreachQuerySet":
        """Return those of which the authorised body does not know, though the time for it has passed."""
        return self.filter(authority_notified_at__isnull=True, due_at__lt=timezone.now())


class Breach(PublicIdModel):
    """One breach of personal data, as the operator has to document it. Rows are never deleted."""

    detected_at = models.DateTimeField(
        _("when it was found out"),
        default=timezone.now,
        help_text=_("The business day for telling the authorised body begins here."),
    )
    happened_at = models.DateTimeField(_("when it happened"), null=True, blank=True, help_text=_("As far as you know."))
    due_at = models.DateTimeField(_("authorised body to be told by"), editable=False)
    what = EncryptedTextField(_("what happened"))
    consequences = EncryptedTextField(_("what can follow, or has followed"))
    measures = EncryptedTextField(_("what was done, and will be"))
    kinds = ArrayField(
        models.CharField(max_length=20, choices=Kind), verbose_name=_("kinds of data"), default=list, blank=True
    )
    people = models.PositiveIntegerField(
        _("how many people"), null=True, blank=True, help_text=_("An estimate is enough; correct it later.")
    )
    contact = EncryptedTextField(_("responsible person: name and contact"))
    authority_notified_at = models.DateTimeField(_("authorised body told"), null=True, blank=True)
    authority_reference = models.CharField(_("number of that message"), max_length=100, blank=True)
    people_notified_at = models.DateTimeField(_("people concerned told"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("opened by"),
    )
    closed_at = models.DateTimeField(_("when it was closed"), null=True, blank=True, editable=False)

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("breach of personal data")
        verbose_name_plural = _("breaches of personal data")
        ordering = ["-detected_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kinds__contained_by=Kind.values), name="breach_kinds_known"),
            models.CheckConstraint(
                condition=Q(happened_at__isnull=True) | Q(happened_at__lte=F("detected_at")),
                name="breach_found_after_it_happened",
                violation_error_message=_("It cannot have been found out before it happened."),
            ),
            models.CheckConstraint(
                condition=Q(authority_notified_at__isnull=True) | Q(authority_notified_at__gte=F("detected_at")),
                name="breach_authority_told_after_it_was_found",
                violation_error_message=_("The authorised body cannot have been told before it was found out."),
            ),
            models.CheckConstraint(
                condition=Q(people_notified_at__isnull=True) | Q(people_notified_at__gte=F("detected_at")),
                name="breach_people_told_after_it_was_found",
                violation_error_message=_("The people cannot have been told before it was found out."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(authority_notified_at__isnull=False),
                name="breach_closed_once_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.detected_at):%Y-%m-%d %H:%M}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Count the deadline from the moment of finding out."""
        self.due_at = due(self.detected_at)
        super().save(*args, **kwargs)

    @property
    def kind_words(self) -> list[str]:
        return [str(kind.label) for kind in Kind if kind in self.kinds]

    @property
    def told_by(self) -> datetime:
        """Return when the authorised body was told, or now."""
        return self.authority_notified_at or timezone.now()

    @property
    def is_late(self) -> bool:
        """Say whether the authorised body was told too late, or is not told yet and should have been."""
        return self.told_by > self.due_at

    @property
    def deadline_words(self) -> str:
        """Return how it stands with telling the authorised body; in words, for colours alone tell too little."""
        if self.authority_notified_at:
            return str(_("Told, but late") if self.is_late else _("Told in time"))
        return str(_("OVERDUE: tell the authorised body now") if self.is_late else _("Not told yet"))

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def done(self) -> dict[str, "BreachStep"]:
        """Return the steps that are done, by their key."""
        return {row.step: row for row in self.steps.all() if row.done_at}

    def missing(self) -> list[Step]:
        """Return the steps without which this cannot be closed."""
        done = self.done()
        return [step for step in Step if GUIDES[step].required and step.value not in done]


class BreachStep(models.Model):
    """A step of the checklist of one breach: when it was done, by whom."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Step)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["breach", "step"], name="breach_step_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="breach_step_known"),
        ]

    def __str__(self) -> str:
        return self.get_step_display()
