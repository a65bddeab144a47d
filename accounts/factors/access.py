"""Whose second factors are whose, who must have one, and what somebody has to do before the rest opens."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from secrets import compare_digest

from allauth.account.models import EmailAddress
from django.db.models import Exists, QuerySet
from django.http import Http404
from django.utils.crypto import salted_hmac
from django_otp.models import Device

from accounts.factors.kinds import MODELS, OF_THEIR_OWN, Kind
from accounts.models import User


class Step(Enum):
    """What stands between a person and the pages."""

    NONE = "none"
    VERIFY = "verify"
    ENROL = "enrol"


@dataclass(frozen=True)
class Factor:
    """A second factor of a person; the outside world knows it by `key`."""

    kind: Kind
    device: Device

    @property
    def key(self) -> str:
        return salted_hmac("accounts.factors", self.device.persistent_id, algorithm="sha256").hexdigest()

    @property
    def name(self) -> str:
        return self.device.name or str(self.kind.label)

    @property
    def added_at(self) -> datetime | None:
        return self.device.created_at

    @property
    def used_at(self) -> datetime | None:
        return self.device.last_used_at


def must_have(user: User) -> bool:
    """Say whether a person sees so much of others that a password alone is not enough."""
    return user.is_psychologist or user.is_organisation_staff or user.is_staff


def devices(user: User, kind: Kind) -> QuerySet:
    return MODELS[kind].objects.filter(user=user, confirmed=True).order_by("pk")


def factors_of(user: User, *kinds: Kind) -> list[Factor]:
    """Return the factors that a person can be asked for, of these kinds or of all."""
    return [Factor(kind, device) for kind in (kinds or Kind) for device in devices(user, kind)]


def ways(user: User) -> list[Kind]:
    """Return the kinds of which a person has a factor."""
    return [kind for kind in Kind if devices(user, kind).exists()]


def has_any(user: User) -> bool:
    """Say in one query whether a person has a factor of any kind."""
    found = [Exists(devices(user, kind)) for kind in Kind]
    return User.objects.filter(found[0] | found[1] | found[2] | found[3], pk=user.pk).exists()


def get_factor_for(user: User, key: str) -> Factor:
    """Return a factor of the person's own; any other does not exist."""
    for factor in factors_of(user):
        if compare_digest(factor.key.encode(), key.encode()):
            return factor
    raise Http404


def may_remove(user: User, factor: Factor) -> bool:
    """Say whether a factor can go: the last one stays with those who must have one."""
    if factor.kind == Kind.CODES or not must_have(user):
        return True
    return len(factors_of(user, *OF_THEIR_OWN)) > 1


def confirmed_address(user: User) -> str | None:
    """Return the address that letters with codes can go to."""
    confirmed = user.email and EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()
    return user.email if confirmed else None


def step_before(user: User, *, none_at_sign_in: bool = False) -> Step:
    """Return what a signed-in person without a checked factor has to do; `none_at_sign_in` spares the question."""
    required = must_have(user)
    if none_at_sign_in and not required:
        return Step.NONE
    if has_any(user):
        return Step.VERIFY
    return Step.ENROL if required else Step.NONE
