"""The tables of people, one file a topic; import them from here."""

from accounts.models.events import AccountEvent
from accounts.models.people import Consent, Profile, RecoveryCode, User, UserManager, nickname_validator
from accounts.models.roles import Application, Document

__all__ = [
    "AccountEvent",
    "Application",
    "Consent",
    "Document",
    "Profile",
    "RecoveryCode",
    "User",
    "UserManager",
    "nickname_validator",
]
