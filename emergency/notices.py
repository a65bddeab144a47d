"""What urgent requests and follow-ups tell people of; all of it is about danger, so it cannot be turned off."""

from django.utils.translation import gettext_lazy as _

from emergency.duty import notices as duty
from emergency.workspace import notices as workspace
from emocare.notices import Audience, How, Kind, News

WAITS = _("Somebody waits for you in Emocare")
NOW = _("You are called in Emocare now")
ONE = ("public_id",)
# What people are called to; the same sentences in both kinds, of which one writes letters.
CALLS = {
    "opened": News(_("Somebody asks for help now. Please look at once."), "urgent_case", ONE),
    "again": News(_("Somebody asks for help, and nobody has taken it yet. Please look at once."), "urgent_case", ONE),
    "overdue": News(_("A follow-up waits too long. Who waits, and how urgent it is, you see here."), "urgent_queue"),
}

KINDS = [
    Kind(
        key="urgent",
        label=_("Somebody asks for help now"),
        outside=NOW,
        audience=Audience.CALLED,
        safety=True,
        news=CALLS,
    ),
    Kind(
        key="urgent_again",
        label=_("Somebody else asks for help within the same hour; of this no letter comes"),
        outside=NOW,
        audience=Audience.CALLED,
        safety=True,
        email=How.OFF,
        news=CALLS,
    ),
    Kind(
        key="urgent_words",
        label=_("New words from somebody whom you help in an urgent request"),
        outside=WAITS,
        audience=Audience.CALLED,
        safety=True,
        news={
            "written": News(_("There are new words for you to read and to answer."), "urgent_case", ONE),
            "ended": News(_("The person has ended their request for help."), "urgent_case", ONE),
        },
    ),
    Kind(
        key="help_request",
        label=_("What becomes of your request for help"),
        safety=True,
        news={
            "taken": News(_("Somebody is there for you now. You can write to each other."), "help_request", ONE),
            "handed": News(_("Somebody else is there for you now, and has read what you wrote."), "help_request", ONE),
            "written": News(_("There are new words for you to read and to answer."), "help_request", ONE),
            "nobody": News(
                _("Nobody here could answer yet. Please call 112 if life is in danger, or 111 to talk now."),
                "help_request",
                ONE,
            ),
            "closed": News(_("Your request for help is closed. You can ask again at any time."), "help_request", ONE),
        },
    ),
    Kind(
        key="attention",
        label=_("Somebody waits for a psychologist"),
        outside=WAITS,
        audience=Audience.PSYCHOLOGISTS,
        safety=True,
        news={
            "opened": News(
                _("Somebody asks for a psychologist. Who waits, and how urgent it is, you see here."), "urgent_queue"
            ),
        },
    ),
    Kind(
        key="attention_again",
        label=_("Somebody else waits within the same hour; of this no letter comes"),
        outside=WAITS,
        audience=Audience.PSYCHOLOGISTS,
        safety=True,
        email=How.OFF,
        news={
            "opened": News(
                _("One more person asks for a psychologist. Who waits, and how urgent it is, you see here."),
                "urgent_queue",
            ),
        },
    ),
    Kind(
        key="follow_up",
        label=_("Words between you and a psychologist after a hard moment"),
        safety=True,
        news={
            "taken": News(
                _("A psychologist is there for you now. You can write to each other."), "follow_up", ("public_id",)
            ),
            "written": News(_("There are new words for you to read and to answer."), "follow_up", ("public_id",)),
            "closed": News(
                _("What you wrote to each other is closed now. You can still read it."), "follow_up", ("public_id",)
            ),
            "nobody": News(
                _("Nobody here could answer yet. Please call 112 if life is in danger, or 111 to talk now."),
                "follow_up",
                ONE,
            ),
            "taken_over": News(_("A colleague has taken over a follow-up that waited too long."), "urgent_queue"),
        },
    ),
    *workspace.KINDS,
    *duty.KINDS,
]
