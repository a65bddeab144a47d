"""What notifications tell people of themselves."""

from django.utils.translation import gettext_lazy as _

from emocare.notices import How, Kind, News
from notifications.mail.failing import KIND

KINDS = [
    Kind(
        key=KIND,
        label=_("Whether our letters reach you"),
        news={"failing": News(_("Our letters to your e-mail come back. Please check the address."), "account_email")},
        email=How.OFF,
    )
]
