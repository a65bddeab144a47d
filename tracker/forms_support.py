"""A mood that a supporter records for somebody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.forms import MoodForm


class SupportMoodForm(MoodForm):
    """The level, a note and the moment; feelings and causes are for the person to name."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("feelings", "causes", "own_feelings", "own_causes"):
            del self.fields[name]
        self.fields["level"].label = _("How does this person feel?")
        self.fields["note"].help_text = _("The person reads it and sees that you wrote it.")
