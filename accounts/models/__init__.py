"""The tables of people, one file a topic; import them from here."""

from accounts.models.breaches import Breach, BreachStep
from accounts.models.consents import Consent, ConsentText
from accounts.models.exports import Export
from accounts.models.helping import Assignment, HelperHours, HelperProfile, WaitingPlace
from accounts.models.journal import EntryReason, JournalEntry, JournalLink
from accounts.models.kin import GuardianConsent, GuardianRequest, Support, SupportQuerySet, consented
from accounts.models.people import Profile, RecoveryCode, User, UserManager, nickname_validator, role_in_force
from accounts.models.retention import RetentionRun
from accounts.models.roles import Application, Document
from accounts.models.signin import KnownDevice, LockOut, SignIn
from accounts.models.training import Certificate, LessonRead, Oath, TestAttempt

__all__ = [
    "Application",
    "Assignment",
    "Breach",
    "BreachStep",
    "Certificate",
    "Consent",
    "ConsentText",
    "Document",
    "EntryReason",
    "Export",
    "GuardianConsent",
    "GuardianRequest",
    "HelperHours",
    "HelperProfile",
    "JournalEntry",
    "JournalLink",
    "KnownDevice",
    "LessonRead",
    "LockOut",
    "Oath",
    "Profile",
    "RecoveryCode",
    "RetentionRun",
    "SignIn",
    "Support",
    "SupportQuerySet",
    "TestAttempt",
    "User",
    "UserManager",
    "WaitingPlace",
    "consented",
    "nickname_validator",
    "role_in_force",
]
