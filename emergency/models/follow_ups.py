"""Follow-ups: that somebody is asked how they are after a hard moment, by Emocare or, when they agree, by people."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emergency.choices import GOES_ON, URGENCIES, Source, State
from emergency.models.alarms import Climbing
from emergency.models.requests import HelpRequest
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel

NOTED = Q(GreaterThan(Func(F("note"), function="octet_length", output_field=models.IntegerField()), 0))


class FollowUp(PublicIdModel, Climbing):
    """A hard moment of somebody, until it is closed; one at a time from each source.

    While `to_helpers` is false nobody but the person knows of it, and it is the person who is asked the next day.
    """

    user = models.ForeignKey(  # nobody where a request without an account was closed
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="follow_ups", verbose_name=_("person")
    )
    request = models.ForeignKey(  # the one that was closed, from which this is left to do
        HelpRequest, models.CASCADE, null=True, related_name="follow_ups", verbose_name=_("urgent request")
    )
    level = models.PositiveSmallIntegerField(_("urgency"), choices=URGENCIES)
    source = models.CharField(_("where it came from"), max_length=10, choices=Source)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    to_helpers = models.BooleanField(_("the person asked for somebody"), default=False)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    asked_at = models.DateTimeField(_("asked for somebody"), null=True)
    due_at = models.DateTimeField(_("should be answered by"))  # until somebody is asked for: when the person is asked
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="taken_follow_ups",
        verbose_name=_("taken by"),
    )
    taken_at = models.DateTimeField(_("taken"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by_person = models.BooleanField(_("closed by the person"), default=False)
    note = EncryptedTextField()  # the psychologist's own, about how it was closed

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        indexes = [
            models.Index(fields=["-level", "due_at"], condition=Q(state__in=GOES_ON), name="follow_up_by_urgency"),
            models.Index(fields=["closed_at"], condition=Q(state=State.CLOSED), name="follow_up_closed"),
            models.Index(fields=["climbs_at"], condition=Q(climbs_at__isnull=False), name="follow_up_climbs"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "source"],
                condition=Q(state__in=GOES_ON, request__isnull=True),
                name="follow_up_one_goes_on",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=GOES_ON), name="follow_up_one_of_a_request"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, request__isnull=True) & ~Q(source=Source.REQUEST)
                | Q(request__isnull=False, source=Source.REQUEST, to_helpers=True),
                name="follow_up_of_a_person_or_a_request",
            ),
            models.CheckConstraint(condition=Q(level__in=list(dict(URGENCIES))), name="follow_up_level_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="follow_up_source_known"),
            models.CheckConstraint(
                condition=Q(state=State.OPEN, taken_at__isnull=True, taken_by__isnull=True, closed_at__isnull=True)
                | Q(state=State.TAKEN, taken_at__isnull=False, closed_at__isnull=True)
                | Q(state=State.CLOSED, closed_at__isnull=False),
                name="follow_up_times_fit_the_state",
            ),
            models.CheckConstraint(
                condition=Q(to_helpers=True, asked_at__isnull=False)
                | Q(to_helpers=False, asked_at__isnull=True, taken_at__isnull=True),
                name="follow_up_taken_only_when_asked",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(closed_by_person=True) | NOTED, name="follow_up_closed_with_a_note"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_over(self) -> bool:
        return self.state == State.CLOSED

    @property
    def is_overdue(self) -> bool:
        return self.due_at <= timezone.now()

    @property
    def was_yesterday(self) -> bool:
        """Say of one that nobody was asked for whether it was the day before today, where the person lives."""
        return timezone.localdate(self.due_at) == timezone.localdate()

    @property
    def holder(self) -> Any:
        """Return the psychologist who has it; nobody when they are no psychologist any more: then it waits again."""
        by = self.taken_by
        return by if self.state == State.TAKEN and by and by.is_active and by.is_psychologist else None
