"""What conversations tell people of; never a word of them, and never who wrote."""

from django.utils.translation import gettext_lazy as _

from emocare.notices import Audience, Kind, News

ONE = ("public_id",)

KINDS = [
    Kind(
        key="chat",
        label=_("New words in your conversations"),
        news={"written": News(_("There are new words for you."), "chat", ONE)},
    ),
    Kind(
        key="chat_danger",
        label=_("Words of somebody whom you help tell of danger to life"),
        outside=_("Somebody waits for you in Emocare"),
        audience=Audience.HELPERS,
        safety=True,
        news={
            "imminent": News(
                _("The words of somebody whom you help may tell of danger to life. Please look at once."), "chat", ONE
            )
        },
    ),
    Kind(
        key="chat_alarm",
        label=_("A psychologist on duty is called for you, as you agreed beforehand"),
        safety=True,
        news={
            "called": News(
                _("As you agreed beforehand, the psychologist on duty is called. Here you see it and can end it."),
                "help_request",
                ONE,
            )
        },
    ),
]
