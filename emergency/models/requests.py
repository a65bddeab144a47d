"""Urgent requests: somebody asks for help now."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from emergency.choices import GOES_ON, URGENCIES, Called, Language, Origin, Outcome, Part, State, Talk
from emergency.models.alarms import Climbing
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel


class HelpRequest(PublicIdModel, Climbing):
    """A call for help until it is closed; of a person, or of somebody without an account who has its code.

    Who has taken it stands in its claims, what happened in its steps.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="help_requests", verbose_name=_("person")
    )
    code = models.CharField(max_length=64, blank=True, editable=False)  # a keyed hash of the code to come back by
    level = models.PositiveSmallIntegerField(_("urgency"), choices=URGENCIES)
    origin = models.CharField(_("where it came from"), max_length=10, choices=Origin)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    words = EncryptedTextField(_("words"), blank=True)
    place = EncryptedTextField(_("place"), blank=True)
    place_agreed_to = models.TextField(_("words that the person agreed to"), blank=True)  # at the moment of opening
    talk = models.CharField(_("how to talk"), max_length=10, choices=Talk, default=Talk.TEXT)
    interpreter = models.BooleanField(_("with a sign-language interpreter"), default=False)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    taken_at = models.DateTimeField(_("first taken"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    outcome = models.CharField(pgettext_lazy("of a request", "outcome"), max_length=12, choices=Outcome, blank=True)
    called = models.CharField(_("who was called to the person"), max_length=10, choices=Called, blank=True)
    called_at = models.DateTimeField(_("when they were called"), null=True)
    call_reason = EncryptedTextField(_("why they were called"), blank=True)
    told_of_call = models.BooleanField(_("the person was told of it"), null=True)
    untold_reason = EncryptedTextField(_("why the person was not told"), blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("urgent request")
        verbose_name_plural = _("urgent requests")
        indexes = [
            models.Index(fields=["-level", "opened_at"], condition=Q(state__in=GOES_ON), name="request_by_urgency"),
            models.Index(fields=["climbs_at"], condition=Q(climbs_at__isnull=False), name="request_climbs"),
            models.Index(fields=["-opened_at"], name="request_by_time"),
            models.Index(fields=["closed_at"], condition=Q(state=State.CLOSED), name="request_closed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(state__in=GOES_ON), name="request_one_goes_on"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="request_code_is_of_one"),
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(code=""), name="request_with_an_account_needs_no_code"
            ),
            models.CheckConstraint(condition=Q(level__in=list(dict(URGENCIES))), name="request_level_known"),
            models.CheckConstraint(
                condition=Q(state__in=GOES_ON, closed_at__isnull=True, outcome="")
                | Q(state=State.CLOSED, closed_at__isnull=False, outcome__in=Outcome.values, climbs_at__isnull=True),
                name="request_times_fit_the_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.TAKEN) | Q(taken_at__isnull=False), name="request_taken_at_some_time"
            ),
            models.CheckConstraint(
                condition=Q(called="", told_of_call__isnull=True, called_at__isnull=True)
                | ~Q(called="") & Q(told_of_call__isnull=False, called_at__isnull=False),
                name="request_call_says_whether_told",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_over(self) -> bool:
        return self.state == State.CLOSED

    @cached_property
    def claim(self) -> Any:
        """Return who has it now (a Claim with its helper), or nothing."""
        return self.claims.filter(part=Part.MAIN, ended_at__isnull=True).select_related("helper").first()

    @property
    def holder(self) -> Any:
        """Return the helper who has it now, or nothing."""
        return self.claim.helper if self.claim else None
