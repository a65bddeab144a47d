"""The words of helping: languages, ways of talking, topics, and how a helper and a person come together and part."""

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import HELPERS, Disability

ROLE_CHOICES = [(role.value, role.label) for role in HELPERS]
DAYS = [(number, capfirst(WEEKDAYS[number])) for number in range(7)]  # Monday is 0


class Tongue(models.TextChoices):
    KAZAKH = "kk", pgettext_lazy("language", "Kazakh")
    RUSSIAN = "ru", pgettext_lazy("language", "Russian")
    ENGLISH = "en", pgettext_lazy("language", "English")


class Way(models.TextChoices):
    """How people can talk with one another."""

    TEXT = "text", pgettext_lazy("way of talking", "In writing")
    VOICE = "voice", pgettext_lazy("way of talking", "By voice")
    VIDEO = "video", pgettext_lazy("way of talking", "By video")
    SIGN_KAZAKH = "sign-kk", _("Kazakh sign language")
    SIGN_RUSSIAN = "sign-ru", _("Russian sign language")
    EASY_WORDS = "easy", pgettext_lazy("way of talking", "In easy words")
    PICTOGRAMS = "pictograms", pgettext_lazy("way of talking", "With pictograms")
    SLOW = "slow", pgettext_lazy("way of talking", "Slowly, with pauses")


class Topic(models.TextChoices):
    ANXIETY = "anxiety", _("Anxiety and worry")
    LOW_MOOD = "low-mood", _("Low mood")
    LONELINESS = "loneliness", _("Loneliness")
    GRIEF = "grief", _("Loss and grief")
    FAMILY = "family", _("Family")
    RELATIONSHIPS = "relationships", _("Relationships")
    CARING = "caring", _("Caring for somebody")
    DISABILITY = "disability", _("Living with a disability")
    STUDY = "study", _("School and study")
    WORK = "work", _("Work and money")
    BULLYING = "bullying", _("Bullying")
    ADDICTION = "addiction", _("Addiction of somebody near")
    MOVING = "moving", _("A new place or a new life")
    SELF_ESTEEM = "self-esteem", _("Believing in oneself")


class How(models.TextChoices):
    """How a helper and a person came together."""

    REQUEST = "request", _("Chosen by the person")
    MATCH = "match", _("Proposed by Emocare")
    ADMINISTRATOR = "administrator", _("Made by an administrator")


class State(models.TextChoices):
    ASKED = "asked", pgettext_lazy("assignment", "Asked, not answered yet")
    ACTIVE = "active", pgettext_lazy("assignment", "Active")
    DECLINED = "declined", pgettext_lazy("assignment", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("assignment", "Taken back")
    ENDED = "ended", pgettext_lazy("assignment", "Ended")


OPEN = (State.ASKED, State.ACTIVE)


class EndReason(models.TextChoices):
    USER = "user", _("The person wished it")
    HELPER = "helper", _("The helper wished it")
    DONE = "done", _("What they wanted is done")
    SUSPENDED = "suspended", _("The helper does not help here any more")
    ADMINISTRATOR = "administrator", _("An administrator ended it")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


HELPERS_END_REASONS = [
    (EndReason.DONE.value, _("We did what we wanted to do")),
    (EndReason.HELPER.value, _("I cannot go on")),
    (EndReason.OTHER.value, pgettext_lazy("reason", "Another reason")),
]


class DeclineReason(models.TextChoices):
    """What a helper says when they cannot take somebody; the person reads it, so each is kind and about the helper."""

    NO_TIME = "no-time", _("I have no time for one more person now.")
    TOPIC = "topic", _("Somebody who knows more about this can help better.")
    LANGUAGE = "language", _("I do not know the language or the way of talking well enough.")
    NEAR = "near", _("We know each other outside Emocare, so another helper is better.")
    OTHER = "other", _("I cannot take it now. It has nothing to do with you.")


# What a person may need, as they said in the profile; only to tick boxes beforehand, which they can change.
WAYS_FOR = {
    Disability.HEARING: (Way.TEXT, Way.SIGN_KAZAKH, Way.SIGN_RUSSIAN),
    Disability.VISION: (Way.VOICE,),
    Disability.MOBILITY: (Way.VOICE, Way.SLOW),
    Disability.SPEECH: (Way.TEXT, Way.PICTOGRAMS),
    Disability.INTELLECTUAL: (Way.EASY_WORDS, Way.PICTOGRAMS, Way.SLOW),
    Disability.DEVELOPMENTAL: (Way.EASY_WORDS, Way.PICTOGRAMS, Way.SLOW),
    Disability.BEHAVIOUR: (Way.TEXT, Way.SLOW),
    Disability.COMPLEX: (Way.TEXT, Way.SLOW),
}

# Why somebody was proposed, in plain words.
FITS = {
    Tongue.KAZAKH: _("Speaks Kazakh"),
    Tongue.RUSSIAN: _("Speaks Russian"),
    Tongue.ENGLISH: _("Speaks English"),
    Way.TEXT: _("Talks in writing"),
    Way.VOICE: _("Talks by voice"),
    Way.VIDEO: _("Talks by video"),
    Way.SIGN_KAZAKH: _("Knows Kazakh sign language"),
    Way.SIGN_RUSSIAN: _("Knows Russian sign language"),
    Way.EASY_WORDS: _("Talks in easy words"),
    Way.PICTOGRAMS: _("Talks with pictograms"),
    Way.SLOW: _("Talks slowly, with pauses"),
}
