"""What the boxes say that are ticked to consent: forms show it, and a kept consent holds it."""

from django.utils.translation import gettext_lazy as _

AGREES = _("I agree that Emocare keeps what I write, as the privacy page says")
AGREES_TO_BE_CHECKED = _(
    "What I wrote is true. I agree that administrators of Emocare read it with my documents to check it"
)
REPRESENTS = _("I am the legal representative of this child")
REPRESENTATIVE_AGREES = _("I have read this page and agree that the child uses Emocare")
