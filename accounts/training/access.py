"""Who may see what of the training: everybody their own, and strangers whether a certificate is real."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import Certificate, TestAttempt, User
from accounts.models.training import CODE_LENGTH, CODE_LETTERS
from accounts.training import course as courses
from accounts.training.course import Course, Lesson

# What people type for what they read: letters that a code never has, and Cyrillic ones that look the same.
LOOKALIKES = str.maketrans("OILАВСЕКМНОРТХӨІ", "011ABCEKMH0PTX01")


@dataclass(frozen=True)
class Progress:
    """How far somebody has come, and what comes next."""

    course: Course
    read: frozenset[str]
    attempts: list[TestAttempt]  # of this course, newest first
    certificate: Certificate | None  # the newest

    @property
    def unread(self) -> list[Lesson]:
        return [lesson for lesson in self.course.lessons if lesson.key not in self.read]

    @property
    def open_attempt(self) -> TestAttempt | None:
        return next((attempt for attempt in self.attempts if not attempt.finished_at), None)

    @property
    def finished_attempts(self) -> list[TestAttempt]:
        return [attempt for attempt in self.attempts if attempt.finished_at]

    @property
    def awaits_oath(self) -> TestAttempt | None:
        """Return a passed test that no certificate was issued for yet."""
        return next((a for a in self.attempts if a.passed and not hasattr(a, "certificate")), None)

    @property
    def opens_at(self) -> datetime | None:
        """Return when the test can be taken again, if that is still to come."""
        failed = next((a for a in self.finished_attempts[:1] if not a.passed), None)
        again = failed and failed.finished_at + timedelta(minutes=settings.TRAINING_RETRY_MINUTES)
        return again if again and again > timezone.now() else None

    @property
    def is_certified(self) -> bool:
        return self.certificate is not None and self.certificate.is_valid

    @property
    def renewable(self) -> bool:
        """Say whether a valid certificate ends soon, so that its owner can take the test again."""
        soon = timezone.localdate() + timedelta(days=settings.TRAINING_RENEW_DAYS)
        return self.is_certified and self.certificate.valid_until <= soon

    @property
    def step(self) -> str:
        """Say what comes next: `oath`, `answer` (a test that was begun), `done`, `read`, `wait` or `test`."""
        if self.awaits_oath:
            return "oath"
        if self.open_attempt:
            return "answer"
        if self.is_certified and not self.renewable:
            return "done"
        if self.unread:
            return "read"
        return "wait" if self.opens_at else "test"


def progress_of(user: User) -> Progress:
    """Return how far a person has come in the course as it is now."""
    course = courses.load()
    return Progress(
        course=course,
        read=frozenset(user.lessons_read.filter(course=course.key).values_list("lesson", flat=True)),
        attempts=list(user.test_attempts.filter(course=course.key).select_related("certificate")),
        certificate=user.certificates.first(),
    )


def get_lesson(key: str) -> Lesson:
    """Return a lesson; they are the same for everybody signed in."""
    lesson = courses.load().lesson(key)
    if lesson is None:
        raise Http404
    return lesson


def get_attempt_for(user: User, public_id: uuid.UUID) -> TestAttempt:
    """Return the person's own attempt."""
    return get_object_or_404(TestAttempt, user=user, public_id=public_id)


def get_certificate_for(user: User, public_id: uuid.UUID) -> Certificate:
    """Return the person's own certificate."""
    return get_object_or_404(Certificate, user=user, public_id=public_id)


def read_code(typed: str) -> str:
    """Return a code as it is stored from what somebody typed; empty when it cannot be one."""
    letters = "".join(c for c in typed.upper() if c.isalnum()).translate(LOOKALIKES)
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(CODE_LETTERS) else ""


def find_certificate(typed: str) -> Certificate | None:
    """Return the certificate with this code, whoever asks; show a stranger nothing of it but that it is real."""
    code = read_code(typed)
    return Certificate.objects.filter(code=code).first() if code else None
