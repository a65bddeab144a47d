"""What psychologists and administrators are told of the duty rota; emergency.notices joins it to the others."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from emocare.notices import Audience, Kind, News

KINDS = [
    Kind(
        key="duty",
        label=_("Your shifts on duty: planned, changed, exchanged"),
        audience=Audience.PSYCHOLOGISTS,
        news={
            "planned": News(_("An administrator planned shifts on duty for you. See when they are."), "duty"),
            "changed": News(_("An administrator changed your shifts on duty. See when they are now."), "duty"),
            "removed": News(_("An administrator took shifts on duty from you. See which ones you have."), "duty"),
            "asked": News(_("A colleague asks whether you can take a shift on duty. You can say yes or no."), "duty"),
            "agreed": News(_("Your colleague can take your shift. An administrator has to approve it."), "duty"),
            "declined": News(_("Your colleague cannot take your shift. You can ask somebody else."), "duty"),
            "approved": News(_("The exchange is approved: a colleague has your shift now."), "duty"),
            "yours": News(_("The exchange is approved: the shift is yours now."), "duty"),
            "refused": News(_("An administrator did not approve the exchange of a shift. It stays as it was."), "duty"),
            "called_off": News(_("You need not take the shift of your colleague any more."), "duty"),
        },
    ),
    Kind(
        key="duty_begins",
        label=_("Your shift on duty begins within the hour"),
        outside=_("You are on duty soon"),
        audience=Audience.PSYCHOLOGISTS,
        safety=True,
        lasts=timedelta(hours=1),
        news={"soon": News(_("Your shift on duty begins within the hour. Thank you for being there."), "duty")},
    ),
    Kind(
        key="duty_gaps",
        label=_("Hours without anybody on duty"),
        outside=_("The duty rota has hours without anybody"),
        audience=Audience.ADMINISTRATORS,
        safety=True,
        news={
            "ahead": News(_("There are hours without anybody on duty in the next three days."), "duty"),
            "given_up": News(_("A psychologist cannot come to a shift. See who is on duty then."), "duty"),
        },
    ),
    Kind(
        key="duty_exchanges",
        label=_("Exchanges of shifts that wait for an administrator"),
        audience=Audience.ADMINISTRATORS,
        news={"agreed": News(_("Two colleagues agreed to exchange a shift. Please approve it or not."), "duty")},
    ),
]
