"""The words a person can choose from when they tell about themselves; every one of them is optional."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    USER = "user", _("User")
    VOLUNTEER = "volunteer", _("Volunteer")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    STAFF = "staff", _("Organisation staff")


HELPERS = (Role.VOLUNTEER, Role.PSYCHOLOGIST)


class Disability(models.TextChoices):
    """The official categories, worded from the person's side."""

    HEARING = "hearing", _("I do not hear, or hear badly")
    VISION = "vision", _("I do not see, or see badly")
    MOBILITY = "mobility", _("It is hard for me to move or to use my hands")
    SPEECH = "speech", _("It is hard for me to speak")
    INTELLECTUAL = "intellectual", _("It is hard for me to understand difficult things")
    DEVELOPMENTAL = "developmental", _("My mental development is slower than that of my peers")
    BEHAVIOUR = "behaviour", _("It is hard for me with emotions or behaviour, or I have autism")
    COMPLEX = "complex", _("I have several at once, for example I neither see nor hear")
    OTHER = "other", _("Other")
    UNSAID = "unsaid", _("I would rather not say")


class CaredFor(models.TextChoices):
    CHILD = "child", _("My child")
    PARENT = "parent", _("My mother or father")
    PARTNER = "partner", _("My husband or wife")
    RELATIVE = "relative", _("Another relative")
    OTHER = "other", _("Somebody else")


class Region(models.TextChoices):
    ASTANA = "astana", _("Astana")
    ALMATY = "almaty", _("Almaty city")
    SHYMKENT = "shymkent", _("Shymkent")
    ABAI = "abai", _("Abai region")
    AKMOLA = "akmola", _("Akmola region")
    AKTOBE = "aktobe", _("Aktobe region")
    ALMATY_REGION = "almaty-region", _("Almaty region")
    ATYRAU = "atyrau", _("Atyrau region")
    EAST = "east-kazakhstan", _("East Kazakhstan region")
    JAMBYL = "jambyl", _("Jambyl region")
    JETISU = "jetisu", _("Jetisu region")
    KARAGANDA = "karaganda", _("Karaganda region")
    KOSTANAY = "kostanay", _("Kostanay region")
    KYZYLORDA = "kyzylorda", _("Kyzylorda region")
    MANGYSTAU = "mangystau", _("Mangystau region")
    NORTH = "north-kazakhstan", _("North Kazakhstan region")
    PAVLODAR = "pavlodar", _("Pavlodar region")
    TURKISTAN = "turkistan", _("Turkistan region")
    ULYTAU = "ulytau", _("Ulytau region")
    WEST = "west-kazakhstan", _("West Kazakhstan region")
    ABROAD = "abroad", _("Outside Kazakhstan")


class BuiltInAvatar(models.TextChoices):
    """Pictures in static/avatars/NAME.svg."""

    TULIP = "tulip", _("Tulip")
    APPLE = "apple", _("Apple")
    SUN = "sun", pgettext_lazy("picture", "Sun")  # not the short name of Sunday
    MOON = "moon", _("Moon")
    MOUNTAIN = "mountain", _("Mountains")
    BIRD = "bird", _("Bird")
    YURT = "yurt", _("Yurt")
    LAKE = "lake", _("Lake")


class Purpose(models.TextChoices):
    """What a person can consent to; each purpose has its own text and version."""

    SERVICE = "service", _("Using Emocare")
    HELPING = "helping", _("Being checked as a helper")
    CHILD = "child", _("Using Emocare with the consent of a legal representative")
    SHARE_MOODS = "share-moods", _("My psychologist sees my moods")
    SHARE_NOTES = "share-notes", _("My psychologist reads my notes and my journal")
    SHARE_ANSWERS = "share-answers", _("My psychologist reads my single answers to tests")


SHARED_ENTRIES = (Purpose.SHARE_MOODS, Purpose.SHARE_NOTES)  # decided together on one page
SHARING = (*SHARED_ENTRIES, Purpose.SHARE_ANSWERS)  # each to one helper, and over with them


class SignInWay(models.TextChoices):
    """How a person signed in."""

    PASSWORD = "password", _("Password")
    PASSKEY = "passkey", _("Passkey")
    SIGN_UP = "sign-up", _("Signing up")


class EventKind(models.TextChoices):
    """What can happen to an account; `events.record` writes it down."""

    APPLIED = "applied", _("Application sent")
    APPLICATION_WITHDRAWN = "application-withdrawn", _("Application taken back")
    TRAINED = "trained", _("Training finished")
    CERTIFICATE_WITHDRAWN = "certificate-withdrawn", _("Certificate withdrawn")
    APPROVED = "approved", _("Role given")
    REFUSED = "refused", _("Application refused")
    SUSPENDED = "suspended", _("Role suspended")
    RENEWED = "renewed", _("Role renewed")
    ROLE_CHANGED = "role-changed", _("Role changed by an administrator")
    PASSWORD_SET = "password-set", _("Password set by an administrator")
    EMAIL_CHANGED = "email-changed", _("E-mail changed by an administrator")
    ASSIGNMENT_REQUESTED = "assignment-requested", _("Helper asked for")
    ASSIGNMENT_STARTED = "assignment-started", _("Helper assigned")
    ASSIGNMENT_DECLINED = "assignment-declined", _("Request to a helper declined")
    ASSIGNMENT_WITHDRAWN = "assignment-withdrawn", _("Request to a helper taken back")
    ASSIGNMENT_ENDED = "assignment-ended", _("Assignment ended")
    FACTOR_ADDED = "factor-added", _("Second factor added")
    FACTOR_REMOVED = "factor-removed", _("Second factor removed")
    FACTORS_RESET = "factors-reset", _("Second factors reset by an administrator")
    UNLOCKED = "unlocked", _("Signing in opened again")
    SIGNED_OUT_EVERYWHERE = "signed-out-everywhere", _("Signed out everywhere")
    GUARDIAN_CONSENTED = "guardian-consented", _("Legal representative agreed")
    GUARDIAN_REFUSED = "guardian-refused", _("Legal representative refused")
    GUARDIAN_WITHDREW = "guardian-withdrew", _("Legal representative took the consent back")
    OWN_CONSENT = "own-consent", _("Consented for themselves")
    SUPPORTER_INVITED = "supporter-invited", _("Supporter invited")
    SUPPORTER_ACCEPTED = "supporter-accepted", _("Supporter accepted")
    SUPPORTER_CHANGED = "supporter-changed", _("Supporter's rights changed")
    SUPPORTER_ENDED = "supporter-ended", _("Supporter's rights ended")
    CONSENT_GIVEN = "consent-given", _("Consent given")
    CONSENT_WITHDRAWN = "consent-withdrawn", _("Consent taken back")
    EXPORT_ASKED = "export-asked", _("Copy of the data asked for")
    EXPORT_DOWNLOADED = "export-downloaded", _("Copy of the data downloaded")
    ERASURE_ASKED = "erasure-asked", _("Deletion of the account asked for")
    ERASURE_CANCELLED = "erasure-cancelled", _("Deletion of the account called off")
    NICKNAME_CHANGED = "nickname-changed", _("Nickname changed")
    ANSWERS_SHOWN = "answers-shown", _("Single answers to a test shown to a psychologist")
    ANSWERS_TAKEN_BACK = "answers-taken-back", _("Single answers to a test shown no more")
    HELP_ASKED = "help-asked", _("Urgent help asked for")
    HELP_ENDED = "help-ended", _("Urgent request ended by the person")
    FOLLOW_UP_ASKED = "follow-up-asked", _("Asked for a psychologist after a hard moment")
    FOLLOW_UP_TAKEN = "follow-up-taken", _("A psychologist took the follow-up")
    FOLLOW_UP_CLOSED = "follow-up-closed", _("Follow-up closed")
    REQUEST_TAKEN = "request-taken", _("Somebody took the urgent request")
    REQUEST_CLOSED = "request-closed", _("Urgent request closed")
    SENTENCE_EXPORTED = "sentence-exported", _("Sentence about the risk check taken out to train the check")
    PUSH_ON = "push-on", _("Notifications turned on for a device")
    PUSH_OFF = "push-off", _("Notifications turned off for a device")
    ERASED = "erased", _("Account deleted")
    TASKS_TRIED_AGAIN = "tasks-tried-again", _("Failed work in the background tried again")
