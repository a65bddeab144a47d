"""The tables of people, one file a topic; import them from here."""

from accounts.models.events import AccountEvent
from accounts.models.kin import GuardianConsent, GuardianRequest, Support, SupportQuerySet
from accounts.models.people import Consent, Profile, RecoveryCode, User, UserManager, nickname_validator

__all__ = [
    "AccountEvent",
    "Consent",
    "GuardianConsent",
    "GuardianRequest",
    "Profile",
    "RecoveryCode",
    "Support",
    "SupportQuerySet",
    "User",
    "UserManager",
    "nickname_validator",
]
