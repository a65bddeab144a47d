"""The one write path for each thing that happens to second factors; all of it is logged and told by letter."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_email.models import EmailDevice
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from accounts import events, letters, recovery
from accounts.choices import EventKind
from accounts.factors import access
from accounts.factors.access import Factor
from accounts.factors.kinds import MODELS, OF_THEIR_OWN, Kind
from accounts.models import User
from accounts.signin import services as signin

CODE_LENGTH = 12  # letters and digits: 60 random bits
STORED_LENGTH = 16  # of a spare code's digest: the column takes no more


@dataclass(frozen=True)
class Checked:
    """What came of a code: the device that took it, or until when no more codes are taken."""

    device: Device | None = None
    closed_until: datetime | None = None


def _lock(user: User) -> None:
    """Let the factors of a person change one after the other."""
    User.objects.select_for_update().get(pk=user.pk)


def _added(user: User, kind: Kind) -> None:
    events.record(user=user, kind=EventKind.FACTOR_ADDED, reason=kind.value)
    letters.send(user, "factor_added", what=kind.label)


# Adding


def add_authenticator(*, user: User, key: str, code: str, name: str) -> TOTPDevice | None:
    """Add an authenticator that has the key (hexadecimal), when it shows the right code; the code is then used up."""
    with transaction.atomic():
        _lock(user)
        if TOTPDevice.objects.filter(user=user, key=key).exists():
            return None
        device = TOTPDevice.objects.create(user=user, key=key, name=name)
        if device.verify_token(code):
            _added(user, Kind.AUTHENTICATOR)
            return device
        transaction.set_rollback(True)
    return None


@transaction.atomic
def add_passkey(*, user: User, name: str, register: Callable[[], WebAuthnCredential]) -> WebAuthnCredential:
    """Add the passkey that `register` checks and stores."""
    device = register()
    device.name = name
    device.save(update_fields=["name"])
    _added(user, Kind.PASSKEY)
    return device


@transaction.atomic
def begin_email(*, user: User) -> EmailDevice:
    """Return the device that waits for its first code; a person has one for the address of the account."""
    _lock(user)
    return EmailDevice.objects.filter(user=user).first() or EmailDevice.objects.create(user=user, confirmed=False)


@transaction.atomic
def add_email(*, user: User, code: str) -> Checked:
    """Add codes by e-mail, when the first one that was sent comes back."""
    device = EmailDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None:
        return Checked()
    checked = _check(device, code)
    if checked.device:
        EmailDevice.objects.filter(pk=device.pk).update(confirmed=True)
        device.confirmed = True
        _added(user, Kind.EMAIL)
    return checked


@transaction.atomic
def send_code(*, user: User, device: EmailDevice) -> datetime | None:
    """Send a new code to the confirmed address; return until when to wait when one went out a moment ago."""
    device = EmailDevice.objects.select_for_update().get(pk=device.pk)
    allowed, why = device.generate_is_allowed()
    if not allowed:
        return why["next_generation_at"]
    device.cooldown_set(commit=False)
    device.generate_token(valid_secs=settings.OTP_EMAIL_TOKEN_VALIDITY)
    minutes = settings.OTP_EMAIL_TOKEN_VALIDITY // 60
    letters.send(user, "factor_code", expires=device.valid_until, code=device.token, minutes=minutes)
    return None


@transaction.atomic
def renew_codes(*, user: User) -> list[str]:
    """Replace the person's spare codes by ten new ones and return them; only their digests are kept."""
    _lock(user)
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user)
    codes = [recovery.new_code(CODE_LENGTH) for _ in range(settings.RECOVERY_CODE_COUNT)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(user, code)) for code in codes)
    _added(user, Kind.CODES)
    return codes


def codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


# Checking


def _digest(user: User, code: str) -> str:
    text = f"{user.public_id}:{recovery.normalise(code)}"
    return hashlib.sha256(text.encode()).hexdigest()[:STORED_LENGTH]


def _spelled(device: Device, code: str) -> str:
    """Return a code as its device knows it."""
    plain = "".join(code.split()).replace("-", "").lower()
    if not isinstance(device, StaticDevice):
        return plain
    # `manage.py addstatictoken` keeps short codes as they are; what is kept as a digest is never taken as a code.
    short = len(plain) < STORED_LENGTH and device.token_set.filter(token=plain).exists()
    return plain if short else _digest(device.user, code)


def _check(device: Device, code: str) -> Checked:
    allowed, why = device.verify_is_allowed()
    if not allowed:
        return Checked(closed_until=why["locked_until"])
    return Checked(device=device if device.verify_token(_spelled(device, code)) else None)


@transaction.atomic
def verify(*, user: User, kind: Kind, code: str) -> Checked:
    """Check a code against the person's devices of a kind; wrong ones close each device for longer and longer."""
    answers = []
    for device in access.devices(user, kind).select_for_update():
        checked = _check(device, code)
        if checked.device:
            return checked
        answers.append(checked.closed_until)
    return Checked(closed_until=min(answers)) if answers and all(answers) else Checked()


# Removing


@transaction.atomic
def remove(*, user: User, factor: Factor) -> bool:
    """Remove a factor, and the spare codes with the last one; refuse where one must stay."""
    _lock(user)
    if not access.may_remove(user, factor):
        return False
    deleted, _rows = MODELS[factor.kind].objects.filter(user=user, pk=factor.device.pk).delete()
    if deleted:
        events.record(user=user, kind=EventKind.FACTOR_REMOVED, reason=factor.kind.value)
        letters.send(user, "factor_removed", what=factor.kind.label)
    if not access.factors_of(user, *OF_THEIR_OWN):
        StaticDevice.objects.filter(user=user).delete()
    return True


@transaction.atomic
def reset(*, user: User, actor: User, reason: str) -> None:
    """Remove all factors of somebody who lost theirs and end their sessions; they sign in and enrol anew."""
    _lock(user)
    for model in MODELS.values():
        model.objects.filter(user=user).delete()
    signin.end_sessions(user, user.sign_ins.all())
    events.record(user=user, actor=actor, kind=EventKind.FACTORS_RESET, reason=reason)
    letters.send(user, "factors_reset")
