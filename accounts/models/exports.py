"""Downloads of everything that a person has here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.export.choices import State
from emocare.models import PublicIdModel


class Export(PublicIdModel):
    """The one download of a person: asked for, prepared, kept for a while; asking again makes a new one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="export")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)  # of the latest attempt to prepare it
    attempts = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="exports/", blank=True, editable=False)  # sealed: emocare.sealed_files
    size = models.PositiveBigIntegerField(default=0)  # bytes of the ZIP

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="export_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.READY) | (Q(ready_at__isnull=False, expires_at__isnull=False) & ~Q(file="")),
                name="export_ready_has_file_and_end",
            ),
            models.CheckConstraint(condition=Q(state=State.READY) | Q(file=""), name="export_file_only_when_ready"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="export_state_known"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_open(self) -> bool:
        """Say whether the file can be fetched now."""
        return self.state == State.READY and self.expires_at > timezone.now()
