"""Helpers: what they offer, when they have time, whom they help, and who waits for one."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import HELPERS
from accounts.helping.choices import (
    DAYS,
    OPEN,
    ROLE_CHOICES,
    DeclineReason,
    EndReason,
    How,
    State,
    Tongue,
    Topic,
    Way,
)
from accounts.models.kin import consented
from accounts.models.people import role_in_force
from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel

DAY = 24 * 60  # minutes


class InWords:
    """Languages, ways and topics as people read them."""

    @property
    def language_words(self) -> list[str]:
        return [str(tongue.label) for tongue in Tongue if tongue in self.languages]

    @property
    def way_words(self) -> list[str]:
        return [str(way.label) for way in Way if way in self.ways]

    @property
    def topic_words(self) -> list[str]:
        return [str(topic.label) for topic in Topic if topic in self.topics]


def words(name: str, choices: type[models.TextChoices]) -> ArrayField:
    """Return a column of several of these choices."""
    return ArrayField(models.CharField(max_length=20, choices=choices), verbose_name=name, default=list, blank=True)


class HelperProfile(InWords, PublicIdModel):
    """What a volunteer or a psychologist offers; made when it is first needed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="helper_profile", verbose_name=_("helper")
    )
    languages = words(_("languages"), Tongue)
    ways = words(_("ways of talking"), Way)
    topics = words(_("topics"), Topic)
    about = EncryptedTextField(_("about the helper"))
    limits = EncryptedTextField(_("what the helper cannot help with"))
    # The lower of both counts; empty ones mean the usual number of the role.
    own_limit = models.PositiveSmallIntegerField(_("most people, as the helper wishes"), null=True, blank=True)
    granted_limit = models.PositiveSmallIntegerField(
        _("most people, as an administrator allows"), null=True, blank=True
    )
    on_break = models.BooleanField(_("takes no new people"), default=False)
    break_until = models.DateField(_("last day of the break"), null=True, blank=True)

    class Meta:
        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        constraints = [
            models.CheckConstraint(condition=Q(own_limit__gte=1), name="helper_own_limit"),
            models.CheckConstraint(condition=Q(granted_limit__gte=1), name="helper_granted_limit"),
            models.CheckConstraint(condition=Q(on_break=True) | Q(break_until__isnull=True), name="helper_break_until"),
            models.CheckConstraint(condition=Q(languages__contained_by=Tongue.values), name="helper_languages_known"),
            models.CheckConstraint(condition=Q(ways__contained_by=Way.values), name="helper_ways_known"),
            models.CheckConstraint(condition=Q(topics__contained_by=Topic.values), name="helper_topics_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def allowed_limit(self) -> int:
        """Return how many people the helper may help at most: as allowed, never above the hard maximum."""
        allowed = self.granted_limit or settings.HELPER_LOADS.get(self.user.role, 0)
        return min(allowed, settings.HELPER_LOAD_MAXIMUM)

    @property
    def load_limit(self) -> int:
        """Return how many people the helper takes: what is allowed, or fewer if they wish."""
        return min(self.own_limit or self.allowed_limit, self.allowed_limit)


class HelperHours(PublicIdModel):
    """A time of the week, on the helper's wall clock; one that goes over midnight is two of these."""

    profile = models.ForeignKey(HelperProfile, models.CASCADE, related_name="hours", verbose_name=_("helper"))
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=DAYS)
    start_minute = models.PositiveSmallIntegerField(_("from, in minutes after midnight"))
    end_minute = models.PositiveSmallIntegerField(_("to, in minutes after midnight"))

    class Meta:
        verbose_name = _("hours of a helper")
        verbose_name_plural = _("hours of helpers")
        ordering = ["weekday", "start_minute"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__range=(0, 6), start_minute__lt=F("end_minute"), end_minute__lte=DAY),
                name="helper_hours_in_order",
            ),
            # One line of numbers, a stretch of it for each helper and day: no extension of PostgreSQL is needed.
            ExclusionConstraint(
                name="helper_hours_apart",
                expressions=[
                    (
                        Func(
                            (F("profile") * 7 + F("weekday")) * DAY + F("start_minute"),
                            (F("profile") * 7 + F("weekday")) * DAY + F("end_minute"),
                            function="int8range",
                        ),
                        "&&",
                    )
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.times}"

    @property
    def times(self) -> str:
        """Return both ends as a clock shows them; the end of the day is 24:00."""
        ends = (self.start_minute, self.end_minute)
        return "–".join(f"{minute // 60:02}:{minute % 60:02}" for minute in ends)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open(self) -> "AssignmentQuerySet":
        """Return those that were asked for or go on."""
        return self.filter(state__in=OPEN)

    def of_helpers(self) -> "AssignmentQuerySet":
        """Return those whose helper still has the role and an open account."""
        return self.filter(role_in_force("helper__"), helper__role=F("role"), helper__is_active=True)

    def asked(self) -> "AssignmentQuerySet":
        """Return the requests that wait for an answer, while the helper can give one."""
        return self.of_helpers().filter(state=State.ASKED)

    def in_force(self) -> "AssignmentQuerySet":
        """Return those that go on, while the helper still has the role and both accounts are open."""
        return self.of_helpers().filter(consented("user"), state=State.ACTIVE, user__is_active=True)


class Assignment(InWords, PublicIdModel):
    """A person and a helper: asked for, going on, or over. Rows stay as history."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments", verbose_name=_("person")
    )
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="helper_assignments", verbose_name=_("helper")
    )
    role = models.CharField(_("role of the helper"), max_length=20, choices=ROLE_CHOICES)
    how = models.CharField(_("how it came"), max_length=20, choices=How)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ASKED)
    # What the person chose to tell the helper, nothing else.
    languages = words(_("languages"), Tongue)
    ways = words(_("ways of talking"), Way)
    # The one that this one takes the place of once it begins.
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    end_reason = models.CharField(_("why it ended"), max_length=20, choices=EndReason, blank=True)
    decline_reason = models.CharField(_("why it was declined"), max_length=20, choices=DeclineReason, blank=True)
    note = EncryptedTextField()  # the helper's words of parting, for the person

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [
            models.Index(fields=["helper", "state", "-asked_at"], name="assignment_of_helper"),
            models.Index(fields=["user", "state", "-asked_at"], name="assignment_of_user"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "helper"], condition=Q(state__in=OPEN), name="assignment_one_open_for_a_pair"
            ),
            models.CheckConstraint(condition=~Q(user=F("helper")), name="assignment_of_two_people"),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in HELPERS]), name="assignment_role"),
            models.CheckConstraint(
                condition=Q(state=State.ASKED, started_at__isnull=True, ended_at__isnull=True)
                | Q(state=State.ACTIVE, started_at__isnull=False, ended_at__isnull=True)
                | Q(state__in=(State.DECLINED, State.WITHDRAWN), started_at__isnull=True, ended_at__isnull=False)
                | Q(state=State.ENDED, started_at__isnull=False, ended_at__isnull=False),
                name="assignment_times_fit_the_state",
            ),
            models.CheckConstraint(
                condition=(Q(started_at__isnull=True) | Q(started_at__gte=F("asked_at")))
                & (Q(ended_at__isnull=True) | Q(ended_at__gte=F("asked_at")))
                & (Q(ended_at__isnull=True) | Q(started_at__isnull=True) | Q(ended_at__gte=F("started_at"))),
                name="assignment_times_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_over(self) -> bool:
        return self.state not in OPEN


class WaitingPlace(InWords, models.Model):
    """A person's place in the line for a helper, and what they look for; deleted when it is over."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="waiting_place"
    )
    role = models.CharField(max_length=20, choices=ROLE_CHOICES, blank=True)
    languages = words("", Tongue)
    ways = words("", Way)
    topics = words("", Topic)
    since = models.DateTimeField(default=timezone.now)
    # A free place is kept for this person until `offered_until`, then it goes to the next.
    offered = models.ForeignKey(HelperProfile, models.SET_NULL, null=True, related_name="offers")
    offered_until = models.DateTimeField(null=True)
    passed = ArrayField(models.BigIntegerField(), default=list)  # helper profiles whose place the person did not take

    class Meta:
        indexes = [models.Index(fields=["since"], name="waiting_place_order")]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["", *(r.value for r in HELPERS)]), name="waiting_role")
        ]

    def __str__(self) -> str:
        return str(self.user_id)

    def offer_stands(self) -> bool:
        """Say whether a free place is being kept for this person, of a helper who still has the role."""
        if not self.offered_id or not self.offered_until or self.offered_until <= timezone.now():
            return False
        helper = self.offered.user
        return helper.is_active and helper.is_helper
