"""What a new version of the text about Emocare changed, for whoever agreed to an older one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

CHANGES = {
    "2026-11-24": [
        _("You can see who looked at your data."),
        _("You can show your moods to your psychologist, and take that back."),
        _("It says what is kept of tests that you take, and who sees the results."),
        _("You can take your consent back, download everything and delete your account yourself, on a page."),
        _("A program reads what you write, to offer you help when you may be in danger. It tells nobody."),
        _("It says how long copies for emergencies are kept: 30 days."),
    ]
}


def since(version: str) -> list[Any]:
    """Return what changed after a version, the oldest change first; nothing for whoever agreed to none."""
    return [line for later in sorted(CHANGES) if version and later > version for line in CHANGES[later]]
