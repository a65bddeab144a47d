"""What the journal can say: who acted as what, what they looked at, and why they may."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import EventKind, Role


class Category(models.TextChoices):
    LOOK = "look", pgettext_lazy("journal", "Look")
    ACTION = "action", pgettext_lazy("journal", "Action")


class As(models.TextChoices):
    """What somebody was when they looked or acted."""

    USER = Role.USER.value, Role.USER.label
    VOLUNTEER = Role.VOLUNTEER.value, Role.VOLUNTEER.label
    PSYCHOLOGIST = Role.PSYCHOLOGIST.value, Role.PSYCHOLOGIST.label
    STAFF = Role.STAFF.value, Role.STAFF.label
    ADMIN = "admin", _("Administrator")
    SUPPORTER = "supporter", _("Supporter")
    REPRESENTATIVE = "representative", _("Legal representative")
    SYSTEM = "system", _("Emocare itself")


class Looked(models.TextChoices):
    """What of a person somebody can look at; another app that shows something of a person adds a line here."""

    ACCOUNT = "account", pgettext_lazy("looked at", "Account")
    PROFILE = "profile", pgettext_lazy("looked at", "Name, picture and wishes")
    DISPLAY = "display", pgettext_lazy("looked at", "Display settings")
    MOODS = "moods", pgettext_lazy("looked at", "Moods")
    NOTES = "notes", pgettext_lazy("looked at", "Notes")
    RESULTS = "results", pgettext_lazy("looked at", "Test results")
    ANSWERS = "answers", pgettext_lazy("looked at", "Single answers to a test")
    APPLICATION = "application", pgettext_lazy("looked at", "Application for a role")
    DOCUMENT = "document", pgettext_lazy("looked at", "Document of an application")
    CERTIFICATE = "certificate", pgettext_lazy("looked at", "Certificate")
    HELPER_PROFILE = "helper-profile", pgettext_lazy("looked at", "Profile as a helper")
    ASSIGNMENT = "assignment", pgettext_lazy("looked at", "Who helps whom")
    REPRESENTATIVE = "representative", pgettext_lazy("looked at", "Legal representative")
    SIGN_INS = "sign-ins", pgettext_lazy("looked at", "Failed sign-ins")
    FOLLOW_UP = "follow-up", pgettext_lazy("looked at", "Follow-up")
    REQUEST = "request", pgettext_lazy("looked at", "Urgent request")
    CHAT = "chat", pgettext_lazy("looked at", "Conversation")
    JUDGEMENT = "judgement", pgettext_lazy("looked at", "Sentence about the risk check")
    JOURNAL = "journal", pgettext_lazy("looked at", "Journal of looks and actions")
    LIST = "list", pgettext_lazy("looked at", "A list of people")


class Why(models.TextChoices):
    """Why somebody may look."""

    ASSIGNED = "assigned", pgettext_lazy("why", "Helps this person")
    ASKED = "asked", pgettext_lazy("why", "Was asked for help")
    SUPPORTER = "supporter", pgettext_lazy("why", "Supports this person")
    SHARED = "shared", pgettext_lazy("why", "The person shared it")
    CHECKING = "checking", pgettext_lazy("why", "Checks an application")
    ADMINISTRATION = "administration", pgettext_lazy("why", "Administration")


# The same as it is said to the person whose data it is.
TO_OWNER: dict[str, object] = {
    Looked.ACCOUNT: _("your account: name, e-mail, role, consents"),
    Looked.PROFILE: _("your name, your picture and what you told for your request"),
    Looked.DISPLAY: _("how pages look for you"),
    Looked.MOODS: _("your moods"),
    Looked.NOTES: _("your notes"),
    Looked.RESULTS: _("your test results: score and what it means"),
    Looked.ANSWERS: _("your single answers to a test"),
    Looked.APPLICATION: _("your application for a role"),
    Looked.DOCUMENT: _("a document of your application"),
    Looked.CERTIFICATE: _("your certificate"),
    Looked.HELPER_PROFILE: _("your profile as a helper"),
    Looked.ASSIGNMENT: _("who helps whom, without what you write to one another"),
    Looked.REPRESENTATIVE: _("the consent of your legal representative"),
    Looked.SIGN_INS: _("failed sign-ins to your account"),
    Looked.FOLLOW_UP: _("that you asked for somebody, and what you wrote to each other"),
    Looked.REQUEST: _("your urgent request: what you showed with it, and what you wrote to each other"),
    Looked.CHAT: _("your conversation with them"),
    Looked.JUDGEMENT: _("a sentence that you sent because the risk check was wrong"),
    Looked.JOURNAL: _("this journal"),
}
WHY_TO_OWNER: dict[str, object] = {
    Why.ASSIGNED: _("helps you"),
    Why.ASKED: _("you asked this helper"),
    Why.SUPPORTER: _("you gave this supporter the right"),
    Why.SHARED: _("you shared it"),
    Why.CHECKING: _("checks applications"),
    Why.ADMINISTRATION: _("takes care of accounts here"),
}

# Steps that nobody with an account takes, when nobody is named; and those that supporters take with somebody's account.
WITHOUT_ACCOUNT = {
    EventKind.GUARDIAN_CONSENTED: As.REPRESENTATIVE,
    EventKind.GUARDIAN_REFUSED: As.REPRESENTATIVE,
    EventKind.GUARDIAN_WITHDREW: As.REPRESENTATIVE,
    EventKind.ERASED: As.SYSTEM,
}
OF_SUPPORTERS = {EventKind.SUPPORTER_ACCEPTED, EventKind.SUPPORTER_ENDED}


# Functions, so that a new word is no migration.
def kinds() -> list[tuple[str, object]]:
    return [*Looked.choices, *EventKind.choices]


def roles() -> list[tuple[str, object]]:
    return As.choices


def whys() -> list[tuple[str, object]]:
    return Why.choices
