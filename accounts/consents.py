"""Versions of the texts that people agree to; a changed text is a new version. Texts: templates/pages/privacy.html
and, for legal representatives, templates/accounts/kin/_what_emocare_is.html.
"""

from accounts.choices import Purpose

VERSIONS = {Purpose.SERVICE: "2026-11-23", Purpose.HELPING: "2026-11-23", Purpose.CHILD: "2026-11-23"}
