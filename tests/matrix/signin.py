"""Signing in: where somebody is signed in, what pages ask by themselves."""

from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, PUBLIC_PAGE, SIGN_IN, signed_in

ROWS = {
    "sign_ins": OWN_PAGE,
    "end_sign_in": (OWN_READ_ONLY, signed_in(404)),
    "end_other_sign_ins": (OWN_READ_ONLY, signed_in(ON)),
    "end_all_sign_ins": (OWN_READ_ONLY, signed_in(SIGN_IN)),
    "presence": (signed_in(200, admin=200), signed_in(200, admin=200)),
    "new_proof": PUBLIC_PAGE,
}
