"""The frame: public pages and the dashboard."""

from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, PUBLIC_PAGE, READ_ONLY, signed_in, who

ROWS = {
    "healthz": PUBLIC_PAGE,
    "quick_exit": (READ_ONLY, who(ON)),
    "home": (who(ON, nobody=200), READ_ONLY),
    "about": PUBLIC_PAGE,
    "accessibility": PUBLIC_PAGE,
    "privacy": PUBLIC_PAGE,
    "rules": PUBLIC_PAGE,
    "help": PUBLIC_PAGE,
    "leaving_quickly": PUBLIC_PAGE,
    "urgent_help": PUBLIC_PAGE,
    "dashboard": OWN_PAGE,
    "grounding": PUBLIC_PAGE,
    "service_worker": PUBLIC_PAGE,
    "manifest": PUBLIC_PAGE,
    "gallery": (signed_in(403, verified_admin=200), OWN_READ_ONLY),
}
