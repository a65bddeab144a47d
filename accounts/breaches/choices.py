"""The words of the register, and the checklist: fixed steps in their order, as data."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """Kinds of data that a breach can be about."""

    NAMES = "names", _("Names and contacts")
    SIGN_IN = "sign-in", _("What people sign in with: passwords, codes, second factors")
    MOODS = "moods", _("Moods, journal and notes")
    HEALTH = "health", _("Health and disability")
    CHILDREN = "children", _("Data of children, and who represents them")
    HELPING = "helping", _("Who helps whom")
    DOCUMENTS = "documents", _("Documents of those who help")
    TRACES = "traces", _("Sign-ins, addresses, devices")
    OTHER = "other", pgettext_lazy("kind of data", "Other data")


class Step(models.TextChoices):
    """What has to be done about a breach, in this order."""

    STOP = "stop", _("Stop the leak")
    EVIDENCE = "evidence", _("Keep the evidence")
    RISK = "risk", _("Judge the danger for people")
    AUTHORITY = "authority", _("Tell the authorised body")
    PEOPLE = "people", _("Tell the people concerned")
    RECORD = "record", _("Write it down here")
    LEARN = "learn", _("Learn from it")


@dataclass(frozen=True)
class Guide:
    """What a step asks for, and whether the entry can be closed without it."""

    help: str
    required: bool = True


GUIDES = {
    Step.STOP: Guide(
        _(
            "Close the hole first: take the page or the account offline, end sessions, change passwords and keys. "
            "Note here what you did and when."
        )
    ),
    Step.EVIDENCE: Guide(
        _(
            "Copy logs, the database and letters before they are overwritten. Keep the copies where only those "
            "who look into it can open them."
        )
    ),
    Step.RISK: Guide(
        _(
            "Whose data, which kinds, how many people, were they encrypted, who may have them now? What can happen to "
            "these people because of it? Think of children, and of people who fear being recognised."
        )
    ),
    Step.AUTHORITY: Guide(
        _(
            "Within one business day: name and contact of the responsible person, what happened, what you have done. "
            "Where the order asks for it, add what identifies the people concerned (name, IIN or mobile number), so "
            "that they can be told. Send that part the safe way that the body names; never write it here."
        )
    ),
    Step.PEOPLE: Guide(
        _(
            "In plain words and in their language: what happened, what it can mean for them, what you do, what they "
            "can do, whom to ask. If you decide that it is not needed, write the reason under the measures, then "
            "tick this."
        )
    ),
    Step.RECORD: Guide(_("What happened, what followed and what was done stand here, without names of the people.")),
    Step.LEARN: Guide(
        _("Find the cause, decide what will be different, and by when. Tell those who work with the data."),
        required=False,
    ),
}
