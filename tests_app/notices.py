"""What tests tell people of: that a psychologist asks for one."""

from django.utils.translation import gettext_lazy as _

from emocare.notices import Kind, News

KINDS = [
    Kind(
        key="tests",
        label=_("What your psychologist leaves for you"),
        news={
            "asked": News(
                _("Your psychologist has left something for you. It is not urgent, and you may say no."), "dashboard"
            ),
        },
    ),
]
