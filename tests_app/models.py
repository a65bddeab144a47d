"""Instruments and their versions; what people answer, their results, and what they show of them; the safety plan."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel
from tests_app.choices import Asked, Layout, State


class Instrument(models.Model):
    """A questionnaire that people can take, whatever the version of its text."""

    key = models.SlugField(_("key"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("test")
        verbose_name_plural = _("tests")

    def __str__(self) -> str:
        return self.key


class Version(PublicIdModel):
    """One text of an instrument, in three languages; from its publishing on it is never changed.

    `content` is what tests_app/instruments/schema.json describes; `digest` is the SHA-256 of its canonical JSON.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions", verbose_name=_("test"))
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    digest = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    shipped = models.BooleanField(_("comes with Emocare"), default=False, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)

    class Meta:
        verbose_name = _("version of a test")
        verbose_name_plural = _("versions of tests")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["instrument", "digest"], name="version_text_once"),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(state=State.PUBLISHED), name="version_published_once"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="version_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id}/{self.number}"


class TakingStyle(models.Model):
    """How somebody likes to answer, remembered from the last time."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="taking_style"
    )
    layout = models.CharField(max_length=5, choices=Layout, default=Layout.ONE)

    def __str__(self) -> str:
        return str(self.owner_id)


class Run(PublicIdModel):
    """A test that somebody began and did not finish; one of an instrument at a time."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="test_runs", db_index=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    answers = EncryptedTextField()  # JSON: item id -> value; null where the person passed over the question
    started_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "instrument"], name="run_one_of_an_instrument")]

    def __str__(self) -> str:
        return str(self.public_id)


class ResultQuerySet(models.QuerySet["Result"]):
    def of(self, owner: settings.AUTH_USER_MODEL) -> "ResultQuerySet":
        """Return a person's results, newest first."""
        return self.filter(owner=owner).order_by("-finished_at", "-pk")


class Result(PublicIdModel):
    """A test that somebody finished; it takes over the public id of its run, so that finishing twice is once.

    Score and band stand in the clear, as levels of mood do, for overviews of groups; the answers are encrypted.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="test_results", db_index=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    answers = EncryptedTextField()  # as those of a run
    score = models.SmallIntegerField(_("score"), null=True)  # none for a profile, or where too much was left out
    band = models.CharField(_("band"), max_length=40, blank=True)
    parts = models.JSONField(default=dict, blank=True)  # subscale -> {"score": number or null, "band": code}
    language = models.CharField(max_length=2)  # in which it was answered
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(default=timezone.now)
    hidden = models.BooleanField(default=False)  # the owner shows it to no helper
    # When the person came past the safety step; nothing while it waits for them, the finishing where none is due.
    safety_passed_at = models.DateTimeField(null=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("test result")
        verbose_name_plural = _("test results")
        indexes = [
            models.Index(fields=["owner", "-finished_at"], name="result_by_owner_and_time"),
            models.Index(fields=["owner", "instrument", "-finished_at"], name="result_by_test_and_time"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class AnswerShare(models.Model):
    """The person shows the single answers of one result to the psychologist of an assignment."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="shares", db_index=False)
    assignment = models.ForeignKey("accounts.Assignment", models.CASCADE, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "assignment"], name="answers_shared_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Invitation(PublicIdModel):
    """A psychologist asks somebody whom they help to take a test by a day; the person may decline."""

    assignment = models.ForeignKey("accounts.Assignment", models.CASCADE, related_name="test_invitations")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    due_on = models.DateField(_("by"))
    state = models.CharField(max_length=10, choices=Asked, default=Asked.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    result = models.OneToOneField(Result, models.SET_NULL, related_name="invitation", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "instrument"], condition=Q(state=Asked.OPEN), name="invitation_open_once"
            ),
            models.CheckConstraint(condition=Q(state__in=Asked.values), name="invitation_state_known"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class SafetyPlan(PublicIdModel):
    """What helps a person through a hard moment, in six steps of their own words, and what is worth living for.

    The steps follow Stanley and Brown, Safety Planning Intervention, Cognitive and Behavioral Practice 2012;19:256-264.
    """

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="safety_plan")
    warning_signs = EncryptedTextField()
    own_ways = EncryptedTextField()
    distractions = EncryptedTextField()
    people = EncryptedTextField()
    professionals = EncryptedTextField()
    safer_place = EncryptedTextField()
    reasons = EncryptedTextField()  # what is worth living for
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.public_id)
