"""Versions of the texts that people agree to; a changed text is a new version, and whoever agreed is asked again.

`texts.py` says where the words stand, `manage.py consent_digests` writes down what each version says.
"""

from accounts.choices import Purpose

# A child agrees to the text of SERVICE, as everybody does; the text of CHILD is what a legal representative reads.
VERSIONS = {
    Purpose.SERVICE: "2026-11-24",
    Purpose.HELPING: "2026-11-23",
    Purpose.CHILD: "2026-11-23",
    Purpose.SHARE_MOODS: "2026-11-24",
    Purpose.SHARE_NOTES: "2026-11-24",
    Purpose.SHARE_ANSWERS: "2026-11-24",
}


def text_of(purpose: Purpose | str) -> Purpose:
    """Return which text a person agrees to with their own consent for this purpose."""
    return Purpose.SERVICE if purpose == Purpose.CHILD else Purpose(purpose)
