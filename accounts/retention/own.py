"""The periods of accounts."""

from datetime import date, datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Purpose
from accounts.consents import texts
from accounts.erasure import leftovers
from accounts.erasure import services as erasure
from accounts.export import services as exports
from accounts.kin import services as kin
from accounts.kin.choices import REFERENCE
from accounts.models import (
    Application,
    Consent,
    GuardianRequest,
    KnownDevice,
    LockOut,
    RetentionRun,
    SignIn,
    Support,
    User,
)
from accounts.retention.lengths import kept
from accounts.retention.periods import Period, change, delete, in_batches
from accounts.roles import services as roles
from accounts.roles.choices import State

AT_ONCE = timedelta(0)


def periods() -> list[Period]:
    """Return what accounts keep only for a time."""
    return [*_of_signing_in(), *_of_people(), *_of_operating()]


def _of_signing_in() -> list[Period]:
    return [
        Period("sessions", _("What keeps you signed in"), _("the end of that sign-in"), AT_ONCE, _delete_sessions),
        Period(
            "sign_ins",
            _("Your sign-ins: when, how, first part of the address"),
            _("that sign-in"),
            kept("sign_ins"),
            lambda before: delete(SignIn.objects.filter(at__lt=before)),
        ),
        Period(
            "devices",
            _("Devices that you signed in with"),
            _("the last sign-in with that device"),
            kept("devices"),
            lambda before: delete(KnownDevice.objects.filter(seen_at__lt=before)),
        ),
        Period(
            "failed_sign_ins",
            _("Failed sign-ins: name as it was typed, address, device"),
            _("the last failure"),
            kept("failed_sign_ins"),
            _delete_failures,
        ),
        Period(
            "lock_outs",
            _("Where signing in was closed after failures"),
            _("the last failure"),
            kept("failed_sign_ins"),
            lambda before: delete(LockOut.objects.filter(at__lt=before)),
        ),
    ]


def _of_people() -> list[Period]:
    return [
        Period(
            "guardian_addresses",
            _("E-mail address of a legal representative who did not answer"),
            _("the question to them"),
            timedelta(days=settings.GUARDIAN_LINK_DAYS),
            _forget_unanswered,
        ),
        Period(
            "support_invitations",
            _("Invitations of supporters that nobody accepted"),
            _("the invitation"),
            timedelta(hours=settings.SUPPORT_LINK_HOURS),
            _delete_unaccepted,
        ),
        Period(
            "ages",
            _("The month from which you decide alone, if you were under age"),
            _("the day on which you are an adult and have agreed for yourself"),
            AT_ONCE,
            _forget_ages,
        ),
        Period(
            "application_drafts",
            _("Applications to help that were begun and not sent, with their documents"),
            _("the last change"),
            kept("application_drafts"),
            lambda before: in_batches(
                Application.objects.filter(state=State.DRAFT, changed_at__lt=before), roles.delete_applications
            ),
        ),
        Period(
            "exports",
            _("Downloads of everything that you asked for"),
            _("the moment when it was ready"),
            timedelta(hours=settings.EXPORT_HOURS),
            lambda before: exports.delete_expired(),
        ),
        Period(
            "erasures",
            _("Accounts that their people asked to delete, with all that belongs to them"),
            _("that request"),
            timedelta(days=settings.ERASURE_DAYS),
            _erase,
        ),
    ]


def _of_operating() -> list[Period]:
    return [
        Period(
            "retention_runs",
            _("Reports of the daily clean-up: numbers, nothing about anybody"),
            _("that clean-up"),
            kept("retention_runs"),
            lambda before: delete(RetentionRun.objects.filter(started_at__lt=before)),
        )
    ]


def _delete_sessions(before: datetime) -> int:
    return delete(Session.objects.filter(expire_date__lt=before))


def _delete_failures(before: datetime) -> int:
    """Delete django-axes' records, also those that it keeps only when somebody switches them on."""
    return sum(
        delete(table.objects.filter(attempt_time__lt=before)) for table in (AccessAttempt, AccessFailureLog, AccessLog)
    )


class Stuck(Exception):
    """Accounts are left that could not be erased; accounts.erasure has logged why."""


def _erase(before: datetime) -> int:
    """Erase whose time has come, and sweep files that nothing names; one that could not go fails this kind."""
    gone, stuck = erasure.erase_due()
    leftovers.sweep()
    if stuck:
        raise Stuck
    return gone


def _forget_unanswered(before: datetime) -> int:
    """Close the questions whose link has run out, and empty the address they went to."""
    now = before + timedelta(days=settings.GUARDIAN_LINK_DAYS)
    unanswered = GuardianRequest.objects.filter(closed_at__isnull=True, expires_at__lt=now)
    return change(unanswered, closed_at=now, address=kin.NO_TEXT)


def _delete_unaccepted(before: datetime) -> int:
    now = before + timedelta(hours=settings.SUPPORT_LINK_HOURS)
    return delete(Support.objects.filter(accepted_at__isnull=True, link_expires_at__lt=now))


def _forget_ages(before: datetime) -> int:
    """Forget the age of adults; who has not agreed for themselves yet is asked first, and that needs the age."""
    forgotten = in_batches(_adults(timezone.localdate(before)), kin.forget_ages)
    texts.delete_unused()
    return forgotten


def _adults(today: date) -> QuerySet[User]:
    grown = date(today.year + REFERENCE - settings.ADULT_AGE, today.month, 1)
    agreed = Consent.objects.filter(user=OuterRef("pk"), purpose=Purpose.SERVICE, withdrawn_at__isnull=True)
    return User.objects.filter(Exists(agreed), sixteen_from__lte=grown)
