"""The tables of people, one file a topic; import them from here."""

from accounts.models.events import AccountEvent
from accounts.models.people import Consent, Profile, RecoveryCode, User, UserManager, nickname_validator
from accounts.models.signin import KnownDevice, LockOut, SignIn

__all__ = [
    "AccountEvent",
    "Consent",
    "KnownDevice",
    "LockOut",
    "Profile",
    "RecoveryCode",
    "SignIn",
    "User",
    "UserManager",
    "nickname_validator",
]
