"""The training of volunteers: lessons that were read, tests, oaths, certificates."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emocare.fields import EncryptedTextField
from emocare.models import PublicIdModel

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base 32 of Crockford: nothing that looks like something else
CODE_LENGTH = 12


def new_code() -> str:
    """Return a code that nobody can guess: 60 random bits."""
    return "".join(secrets.choice(CODE_LETTERS) for _i in range(CODE_LENGTH))


class LessonRead(models.Model):
    """That a person has read a lesson of a version of the course."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="lessons_read")
    course = models.CharField(_("course"), max_length=40)
    lesson = models.CharField(_("lesson"), max_length=40)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("lesson that was read")
        verbose_name_plural = _("lessons that were read")
        constraints = [models.UniqueConstraint(fields=["user", "course", "lesson"], name="lesson_read_once")]

    def __str__(self) -> str:
        return f"{self.course}, {self.lesson}"


class TestAttempt(PublicIdModel):
    """One run through the final test: the questions drawn, the options in the order shown, what was chosen."""

    __test__ = False  # not a test of ours

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="test_attempts")
    course = models.CharField(_("course"), max_length=40)
    # [[id of the question, [numbers of its options as shown]], ...]; answers: {id: number of the option}
    questions = models.JSONField(_("questions"), editable=False)
    answers = models.JSONField(_("answers"), default=dict, editable=False)
    started_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)
    score = models.PositiveSmallIntegerField(_("right answers"), null=True, blank=True, editable=False)
    passed = models.BooleanField(_("passed"), default=False, editable=False)

    class Meta:
        verbose_name = _("attempt at a test")
        verbose_name_plural = _("attempts at tests")
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["user", "course", "-started_at"], name="test_attempt_of_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course"], condition=Q(finished_at__isnull=True), name="test_attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, score__isnull=True, passed=False)
                | Q(finished_at__gte=F("started_at"), score__isnull=False),
                name="test_attempt_finished_with_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {self.started_at:%Y-%m-%d}"

    @property
    def asked(self) -> int:
        return len(self.questions)


class Oath(models.Model):
    """What a person promised after the test: version and language of the text they saw."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="oaths")
    attempt = models.OneToOneField(TestAttempt, models.CASCADE, related_name="oath")
    version = models.CharField(_("version"), max_length=20)
    language = models.CharField(_("language"), max_length=5)
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("oath")
        verbose_name_plural = _("oaths")

    def __str__(self) -> str:
        return f"{self.version}, {self.language}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid(self) -> "CertificateQuerySet":
        return self.filter(withdrawn_at__isnull=True, valid_until__gte=timezone.localdate())


class Certificate(PublicIdModel):
    """That a person has passed the test of a course and taken the oath; strangers can check it by its code."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="certificates", verbose_name=_("person")
    )
    attempt = models.OneToOneField(TestAttempt, models.CASCADE, related_name="certificate")
    course = models.CharField(_("course"), max_length=40)
    name = EncryptedTextField(_("name on the certificate"))
    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    issued_on = models.DateField(_("issued"), default=timezone.localdate, editable=False)
    valid_until = models.DateField(_("valid until"), editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["user", "-valid_until"], name="certificate_of_user")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("issued_on")), name="certificate_time_order")
        ]

    def __str__(self) -> str:
        return self.written_code

    @property
    def written_code(self) -> str:
        """Return the code as people read it, in three groups of four."""
        return "-".join(self.code[i : i + 4] for i in range(0, CODE_LENGTH, 4))

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_valid(self) -> bool:
        return not self.is_withdrawn and self.valid_until >= timezone.localdate()
