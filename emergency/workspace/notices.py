"""What helpers tell one another about an urgent request; it is about danger, so it cannot be turned off."""

from django.utils.translation import gettext_lazy as _

from emocare.notices import Audience, Kind, News

PAGE = "urgent_case", ("public_id",)

KINDS = [
    Kind(
        key="urgent_colleague",
        label=_("A colleague asks you to come to an urgent request"),
        outside=_("A colleague asks for you in Emocare"),
        audience=Audience.HELPERS,
        safety=True,
        news={
            "over": News(_("A colleague asks you to take over an urgent request."), *PAGE),
            "join": News(_("A colleague asks you to be the second person of an urgent request."), *PAGE),
            "came": News(_("Your colleague has come to the urgent request."), *PAGE),
            "declined": News(_("Your colleague cannot come to the urgent request. Please ask somebody else."), *PAGE),
        },
    ),
]
