"""The words of the permission matrix: who asks, and what they get.

`SIGN_IN` is the way to the sign-in, `ON` a redirection to anywhere else; the rest are statuses.
"""

PEOPLE = [
    "nobody",
    "owner",
    "other_user",
    "supporter",
    "unrelated_volunteer",
    "unrelated_psychologist",
    "assigned_volunteer",
    "assigned_psychologist",
    "curator",
    "admin",
    "verified_admin",
]
# Who must have a second factor, and has shown it just now.
WITH_FACTOR = ("unrelated_psychologist", "assigned_psychologist", "curator", "verified_admin")
SIGN_IN, ON = "sign in", "on"


def who(everybody: object, **others: object) -> dict[str, object]:
    return dict.fromkeys(PEOPLE, everybody) | others


def signed_in(status: object, **others: object) -> dict[str, object]:
    """Say what those get who are signed in; `admin`, who did not show the second factor, is sent there first."""
    return who(status, **{"nobody": SIGN_IN, "admin": ON} | others)


READ_ONLY, OWN_READ_ONLY = who(405), signed_in(405)
PUBLIC_PAGE = who(200), READ_ONLY
PUBLIC_FORM = who(200), who(200)
OWN_PAGE = signed_in(200), OWN_READ_ONLY
OWN_FORM = signed_in(200), signed_in(200)
BEFORE_SIGN_IN = who(ON, nobody=200), who(ON, nobody=200)
# Signing up and in, and the demand for a second factor.
TO_SECOND_FACTOR = {"admin": ON, "verified_admin": ON}
ADMIN_PAGE = signed_in(SIGN_IN, verified_admin=200), signed_in(SIGN_IN, verified_admin=200)
