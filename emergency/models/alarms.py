"""What climbs: an alarm that nobody answers goes to more people, rung by rung; the timer stands in the row itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emergency.choices import Rung


class Climbing(models.Model):
    """Something that people are called to until somebody takes it, or does what was promised.

    `climbs_at` is when the next rung is called; nothing climbs without one. `round` grows each time that people are
    called anew: it was given back, became more urgent, or nobody answered at all; that began at `alone_since`.
    """

    rung = models.PositiveSmallIntegerField(_("who was called"), choices=Rung, default=Rung.OWN)
    climbs_at = models.DateTimeField(_("calls more people at"), null=True)
    round = models.PositiveIntegerField(_("how often people were called anew"), default=0)
    alone_since = models.DateTimeField(_("nobody is left to call since"), null=True)

    class Meta:
        abstract = True

    @property
    def is_alone(self) -> bool:
        """Say whether everybody was called and nobody answered."""
        return self.alone_since is not None


class Alarm(models.Model):
    """That somebody was called to an urgent request or a follow-up; once a round, however often the timer runs."""

    request = models.ForeignKey(
        "emergency.HelpRequest", models.CASCADE, null=True, related_name="alarms", db_index=False
    )
    follow_up = models.ForeignKey("emergency.FollowUp", models.CASCADE, null=True, related_name="alarms")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="alarms", verbose_name=_("person")
    )
    rung = models.PositiveSmallIntegerField(_("who was called"), choices=Rung)
    round = models.PositiveIntegerField(_("how often people were called anew"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "follow_up", "person", "round"], nulls_distinct=False, name="alarm_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=False, follow_up__isnull=True)
                | Q(request__isnull=True, follow_up__isnull=False),
                name="alarm_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id or self.follow_up_id} {self.person_id}"
