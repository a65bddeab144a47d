"""Accounts."""

from tests.matrix.words import BEFORE_SIGN_IN, ON, OWN_FORM, OWN_READ_ONLY, PUBLIC_FORM, READ_ONLY, signed_in, who

# Who has shown a second factor just now is not asked for the password.
VERIFIED = {"unrelated_psychologist": 200, "assigned_psychologist": 200, "curator": 200, "verified_admin": 200}
ROWS = {
    "set_language": (READ_ONLY, who(ON)),
    "display": (who(200), who(ON)),
    "profile": OWN_FORM,
    "own_picture": (signed_in(404), OWN_READ_ONLY),
    "recovery_codes": (signed_in(200), signed_in(200)),
    "renew_recovery_codes": (signed_in(ON), signed_in(ON, **VERIFIED)),
    "sign_up_anonymously": BEFORE_SIGN_IN,
    "recover": PUBLIC_FORM,
}
