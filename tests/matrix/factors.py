"""Second factors: what is changed asks for the password first; verified means: with an authenticator."""

from tests.matrix.words import ADMIN_PAGE, ON, OWN_PAGE, OWN_READ_ONLY, signed_in, who

VERIFIED = {"unrelated_psychologist": 200, "assigned_psychologist": 200, "curator": 200, "verified_admin": 200}
NOT_THERE = {"unrelated_psychologist": 404, "assigned_psychologist": 404, "curator": 404, "verified_admin": 404}
ROWS = {
    "factors": OWN_PAGE,
    "second_factor": (signed_in(ON, admin=200, **VERIFIED), signed_in(ON, admin=200, **VERIFIED)),
    "send_factor_code": (signed_in(405, admin=405), signed_in(ON)),
    "add_authenticator": (signed_in(ON, **VERIFIED), signed_in(ON, **VERIFIED)),
    "add_email_factor": (signed_in(ON, **VERIFIED), signed_in(ON, **VERIFIED)),
    "add_passkey": (signed_in(ON, **VERIFIED), signed_in(ON, **VERIFIED)),
    "passkey_options": (OWN_READ_ONLY, signed_in(ON, **VERIFIED)),
    "save_passkey": (OWN_READ_ONLY, signed_in(ON, **dict.fromkeys(VERIFIED, 400))),
    "passkey_question": (who(405), who(200)),
    "passkey_answer": (who(405), who(400)),
    "spare_codes": (signed_in(ON, **VERIFIED), signed_in(ON, **VERIFIED)),
    "remove_factor": (signed_in(ON, **NOT_THERE), signed_in(ON, **NOT_THERE)),
    "admin:accounts_user_reset_factors": ADMIN_PAGE,
}
