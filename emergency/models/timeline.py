"""What happened to an urgent request, step by step, as its person sees it in plain words."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emergency.choices import Happened, Rung
from emergency.models.requests import HelpRequest


class Step(models.Model):
    """One thing that happened; rows are only added."""

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="steps", db_index=False)
    at = models.DateTimeField(_("when"), default=timezone.now)
    what = models.CharField(_("what happened"), max_length=12, choices=Happened)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who did it")
    )
    rung = models.PositiveSmallIntegerField(_("who was called"), choices=Rung, null=True)
    people = models.PositiveIntegerField(_("how many people"), null=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        indexes = [models.Index(fields=["request", "at"], name="request_step_order")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.what}"
