"""The words of urgent requests, of follow-ups and of the duty rota."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from emergency.risk.levels import Level

URGENCIES = [(level.value, level.label) for level in Level if level]


class Source(models.TextChoices):
    """Where a follow-up came from."""

    TEST = "test", pgettext_lazy("source of a follow-up", "A test")
    WORDS = "words", pgettext_lazy("source of a follow-up", "Words that were written")
    REQUEST = "request", pgettext_lazy("source of a follow-up", "An urgent request")


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("follow-up", "Waits")
    TAKEN = "taken", pgettext_lazy("follow-up", "Taken")
    CLOSED = "closed", pgettext_lazy("follow-up", "Closed")


GOES_ON = (State.OPEN, State.TAKEN)
# Within which time a psychologist should have answered: our own aims, which are promised to nobody.
DUE = {
    Level.IMMINENT: timedelta(minutes=5),
    Level.HIGH: timedelta(minutes=30),
    Level.WATCH: timedelta(hours=12),
}


class Rung(models.IntegerChoices):
    """Who is called when nobody answers, from the nearest to all."""

    OWN = 0, pgettext_lazy("who is called", "Those whose task it is")
    DUTY = 1, pgettext_lazy("who is called", "Psychologists on duty")
    NEXT = 2, pgettext_lazy("who is called", "Those on duty next")
    ALL = 3, pgettext_lazy("who is called", "All psychologists")
    ADMINS = 4, pgettext_lazy("who is called", "Administrators")
    NOBODY = 5, pgettext_lazy("who is called", "Nobody is left to call")


class Origin(models.TextChoices):
    """Where an urgent request came from."""

    BUTTON = "button", pgettext_lazy("origin of a request", "The button")
    TEST = "test", pgettext_lazy("origin of a request", "A test")
    JOURNAL = "journal", pgettext_lazy("origin of a request", "The journal")
    CHAT = "chat", pgettext_lazy("origin of a request", "A chat")
    BOT = "bot", pgettext_lazy("origin of a request", "The assistant")
    POST = "post", pgettext_lazy("origin of a request", "A post")


class Talk(models.TextChoices):
    """How somebody would rather talk."""

    TEXT = "text", pgettext_lazy("how to talk", "In writing")
    VOICE = "voice", pgettext_lazy("how to talk", "By voice")
    VIDEO = "video", pgettext_lazy("how to talk", "By video")


class Language(models.TextChoices):
    KK = "kk", _("Kazakh")
    RU = "ru", _("Russian")
    EN = "en", _("English")


class Outcome(models.TextChoices):
    """How an urgent request ended."""

    CALMER = "calmer", pgettext_lazy("outcome", "The person is calmer, and knows where to turn")
    HELPED_ON = "helped-on", pgettext_lazy("outcome", "Others help now: family, a doctor, a service")
    SERVICES = "services", pgettext_lazy("outcome", "The police or an ambulance came")
    NO_ANSWER = "no-answer", pgettext_lazy("outcome", "The person did not answer any more")
    MISTAKE = "mistake", pgettext_lazy("outcome", "Pressed by mistake")
    BY_PERSON = "by-person", pgettext_lazy("outcome", "The person needs it no more")
    UNDONE = "undone", pgettext_lazy("outcome", "Taken back at once")


BY_PERSON = (Outcome.BY_PERSON, Outcome.UNDONE)


class Called(models.TextChoices):
    """Whom a helper called to the person."""

    POLICE = "police", pgettext_lazy("who was called to the person", "The police")
    AMBULANCE = "ambulance", pgettext_lazy("who was called to the person", "An ambulance")
    BOTH = "both", pgettext_lazy("who was called to the person", "The police and an ambulance")


class Happened(models.TextChoices):
    """What can happen to an urgent request; the words of its timeline stand in emergency/requests/timeline.py."""

    OPENED = "opened", pgettext_lazy("step of a request", "Opened")
    ALARMED = "alarmed", pgettext_lazy("step of a request", "People called")
    NOBODY = "nobody", pgettext_lazy("step of a request", "Nobody there to call")
    RAISED = "raised", pgettext_lazy("step of a request", "Became more urgent")
    TAKEN = "taken", pgettext_lazy("step of a request", "Taken")
    SECOND = "second", pgettext_lazy("step of a request", "Second person joined")
    SECOND_LEFT = "second-left", pgettext_lazy("step of a request", "Second person left")
    HANDED = "handed", pgettext_lazy("step of a request", "Handed over")
    GIVEN_BACK = "given-back", pgettext_lazy("step of a request", "Given back")
    CALLED = "called", pgettext_lazy("step of a request", "Police or ambulance called")
    CLOSED = "closed", pgettext_lazy("step of a request", "Closed")
    ENDED = "ended", pgettext_lazy("step of a request", "Ended by the person")
    UNDONE = "undone", pgettext_lazy("step of a request", "Taken back at once")


class Part(models.TextChoices):
    MAIN = "main", pgettext_lazy("part of a helper", "Has it")
    SECOND = "second", pgettext_lazy("part of a helper", "Second person")
    OVER = "over", pgettext_lazy("part of a helper", "Asked to take it over")
    JOIN = "join", pgettext_lazy("part of a helper", "Asked to join")


WORKING = (Part.MAIN, Part.SECOND)
ASKED = (Part.OVER, Part.JOIN)
# How a helper can end a request; the other outcomes are its person's.
OUTCOMES = (Outcome.CALMER, Outcome.HELPED_ON, Outcome.SERVICES, Outcome.NO_ANSWER, Outcome.MISTAKE)


class ForWhom(models.TextChoices):
    ALL = "all", pgettext_lazy("a step for", "Everybody")
    MINOR = "minor", pgettext_lazy("a step for", "People under 18")


class Done(models.TextChoices):
    YES = "yes", pgettext_lazy("step of a checklist", "Done")
    NOT_NEEDED = "no-need", pgettext_lazy("step of a checklist", "Not needed")


class SwapState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("exchange of a shift", "Waits for the colleague")
    AGREED = "agreed", pgettext_lazy("exchange of a shift", "Waits for an administrator")
    APPROVED = "approved", pgettext_lazy("exchange of a shift", "Approved")
    REFUSED = "refused", pgettext_lazy("exchange of a shift", "Refused")
    TAKEN_BACK = "taken-back", pgettext_lazy("exchange of a shift", "Taken back")


SWAP_GOES_ON = (SwapState.ASKED, SwapState.AGREED)
