"""The one write path for each step of the training."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import events
from accounts.choices import EventKind
from accounts.models import Certificate, LessonRead, Oath, TestAttempt, User
from accounts.training import access
from accounts.training import course as courses
from accounts.training.course import Lesson
from emocare.notices import tell


class NotNow(Exception):
    """The step that was asked for does not come next; the text says why."""


REASONS = {
    "oath": _("You have passed the test. The oath comes next."),
    "done": _("Your certificate is valid. You can take the test again shortly before it ends."),
    "read": _("Please read all lessons first."),
    "wait": _("The test opens again a little later. Until then you can read the lessons again."),
}


def certificate_of(user: User) -> Certificate | None:
    """Return the certificate of a person that is valid now."""
    return user.certificates.valid().order_by("-valid_until").first()


def is_trained(user: User) -> bool:
    """Say whether a person has a valid certificate."""
    return user.certificates.valid().exists()


def read_lesson(*, user: User, lesson: Lesson) -> None:
    """Remember that a person has read a lesson; the first time counts."""
    LessonRead.objects.get_or_create(user=user, course=courses.CURRENT, lesson=lesson.key)


def _one_at_a_time(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def start_test(*, user: User) -> TestAttempt:
    """Begin a test, or go on with the one that was begun. Raises NotNow when the test is not what comes next."""
    _one_at_a_time(user)
    progress = access.progress_of(user)
    if progress.step == "answer":
        return progress.open_attempt
    if progress.step != "test":
        raise NotNow(REASONS[progress.step])
    return TestAttempt.objects.create(user=user, course=progress.course.key, questions=progress.course.draw())


@transaction.atomic
def keep_answers(*, attempt: TestAttempt, answers: dict[str, int], finish: bool = False) -> TestAttempt:
    """Keep the chosen options, {id of the question: number of the option}, and with `finish` count them.

    A test that is finished stays as it is, so that a second sending changes nothing.
    """
    attempt = TestAttempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.finished_at:
        return attempt
    attempt.answers = attempt.answers | answers
    if finish:
        course = courses.load(attempt.course)
        drawn = [course.questions[key] for key, _order in attempt.questions]
        attempt.score = sum(attempt.answers.get(question.key) == question.right for question in drawn)
        attempt.passed = attempt.score >= course.needed
        attempt.finished_at = timezone.now()
    attempt.save(update_fields=["answers", "score", "passed", "finished_at"])
    return attempt


@transaction.atomic
def take_oath(*, user: User, name: str, language: str) -> Certificate:
    """Record the oath after a passed test and issue the certificate; twice gives the same one.

    `language` is that of the text which the person saw. Raises NotNow before the test is passed.
    """
    _one_at_a_time(user)
    progress = access.progress_of(user)
    attempt = progress.awaits_oath
    if attempt is None:
        if progress.is_certified:
            return progress.certificate
        raise NotNow(_("The oath comes after the test."))
    Oath.objects.create(user=user, attempt=attempt, version=progress.course.oath.version, language=language)
    certificate = issue(user=user, attempt=attempt, name=name)
    tell(user, "role", "trained")
    return certificate


def issue(*, user: User, attempt: TestAttempt, name: str) -> Certificate:
    """Issue the certificate for a passed test and write it into the log of the account."""
    today = timezone.localdate()
    certificate = Certificate.objects.create(
        user=user,
        attempt=attempt,
        course=attempt.course,
        name=name,
        issued_on=today,
        valid_until=today + timedelta(days=settings.TRAINING_VALID_DAYS),
    )
    events.record(user=user, kind=EventKind.TRAINED)
    return certificate


@transaction.atomic
def withdraw(*, certificate: Certificate, actor: User, reason: str) -> Certificate:
    """Take a certificate back; its page says so from now on. The owner is told and can train again."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.is_withdrawn:
        return certificate
    certificate.withdrawn_at = timezone.now()
    certificate.save(update_fields=["withdrawn_at"])
    events.record(user=certificate.user, actor=actor, kind=EventKind.CERTIFICATE_WITHDRAWN, reason=reason)
    tell(certificate.user, "role", "certificate_withdrawn")
    return certificate
