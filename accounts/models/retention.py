"""What the daily runs let go of: numbers only."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RetentionRun(models.Model):
    """One daily run: how many rows of each kind it let go of, and which kinds failed with what type of error."""

    started_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)
    # {key of a period: rows}, {key of a period: type of the error}
    counts = models.JSONField(pgettext_lazy("daily clean-up", "deleted"), default=dict, editable=False)
    failed = models.JSONField(pgettext_lazy("daily clean-up", "failed"), default=dict, editable=False)

    class Meta:
        verbose_name = _("report of the daily clean-up")
        verbose_name_plural = _("reports of the daily clean-up")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="retention_run_time_order",
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.started_at):%Y-%m-%d %H:%M}"

    @property
    def total(self) -> int:
        return sum(self.counts.values())
