"""What is kept of accounts only for a time, and forgetting it; the privacy page says the same times."""

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.kin.services import NO_TEXT
from accounts.models import GuardianRequest, KnownDevice, LockOut, SignIn
from accounts.signin import devices, lockout
from accounts.signin import services as signin


def forget_old() -> dict[str, int]:
    """Delete or empty what has had its time; return of how many rows, by what they are. A second run does no harm."""
    now = timezone.now()
    unanswered = GuardianRequest.objects.filter(closed_at__isnull=True, expires_at__lt=now)
    old = {
        "sessions": Session.objects.filter(expire_date__lt=now),
        "sign-ins": SignIn.objects.filter(at__lt=now - signin.KEPT),
        "devices": KnownDevice.objects.filter(seen_at__lt=now - devices.AGE),
        "lock-outs": LockOut.objects.filter(at__lt=now - lockout.KEPT),
        "failed sign-ins": AccessAttempt.objects.filter(attempt_time__lt=now - lockout.KEPT),
    }
    forgotten = {"addresses of representatives": unanswered.update(closed_at=now, address=NO_TEXT)}
    return forgotten | {what: rows.delete()[0] for what, rows in old.items()}
