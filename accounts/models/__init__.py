"""The tables of people, one file a topic; import them from here."""

from accounts.models.events import AccountEvent
from accounts.models.helping import Assignment, HelperHours, HelperProfile, WaitingPlace
from accounts.models.people import Consent, Profile, RecoveryCode, User, UserManager, nickname_validator

__all__ = [
    "AccountEvent",
    "Assignment",
    "Consent",
    "HelperHours",
    "HelperProfile",
    "Profile",
    "RecoveryCode",
    "User",
    "UserManager",
    "WaitingPlace",
    "nickname_validator",
]
