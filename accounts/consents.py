"""Versions of the texts that people agree to; a changed text is a new version. Texts: templates/pages/privacy.html."""

from accounts.choices import Purpose

VERSIONS = {Purpose.SERVICE: "2026-11-23", Purpose.HELPING: "2026-11-23"}
