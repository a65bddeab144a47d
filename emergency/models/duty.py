"""The duty rota: who is on duty when, and shifts that change hands."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emergency.choices import SWAP_GOES_ON, SwapState
from emocare.models import PublicIdModel

LONGEST_SHIFT = timedelta(hours=24)
# A person as a range of one number: so that PostgreSQL compares people and times in one index without an extension.
PERSON = Func("psychologist", "psychologist", Value("[]"), function="int8range", output_field=BigIntegerRangeField())
TIMES = Func("starts_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField())


class Shift(PublicIdModel):
    """That a psychologist is on duty, from when to when; `series` joins what was planned as one repeated shift."""

    psychologist = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="shifts", verbose_name=_("psychologist")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    series = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        indexes = [
            models.Index(fields=["starts_at", "ends_at"], name="shift_by_time"),
            models.Index(fields=["series"], condition=Q(series__isnull=False), name="shift_series"),
        ]
        constraints = [
            ExclusionConstraint(
                name="shift_one_at_a_time",
                expressions=[(PERSON, RangeOperators.OVERLAPS), (TIMES, RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + LONGEST_SHIFT),
                name="shift_has_a_length",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Swap(PublicIdModel):
    """That somebody asks a colleague to take a shift: the colleague agrees, then an administrator approves it."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="swaps", verbose_name=_("shift"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="swaps_asked")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="swaps_offered")
    state = models.CharField(_("state"), max_length=10, choices=SwapState, default=SwapState.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("exchange of a shift")
        verbose_name_plural = _("exchanges of shifts")
        constraints = [
            models.UniqueConstraint(fields=["shift"], condition=Q(state__in=SWAP_GOES_ON), name="swap_one_of_a_shift"),
            models.CheckConstraint(condition=~Q(asked_by=F("to")), name="swap_with_another"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
