"""What the tracker tells people of: the hour that they picked themselves."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from emocare.notices import Kind, News

KINDS = [
    Kind(
        key="mood_reminder",
        label=_("The reminder to record your mood, at the hour that you chose"),
        outside=_("Emocare: a minute for yourself"),
        news={"due": News(_("A minute for yourself: how are you now?"), "record_mood")},
        lasts=timedelta(hours=4),
    ),
]
