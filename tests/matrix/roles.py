"""Applications for a role."""

from tests.matrix.words import ON, OWN_FORM, OWN_PAGE, OWN_READ_ONLY, SIGN_IN, signed_in

ROWS = {
    "become_helper": OWN_PAGE,
    "apply": OWN_FORM,
    "application": (signed_in(404, owner=200), OWN_READ_ONLY),
    "add_document": (OWN_READ_ONLY, signed_in(404, owner=200)),
    "remove_document": (OWN_READ_ONLY, signed_in(404, owner=ON)),
    "send_application": (OWN_READ_ONLY, signed_in(404, owner=200)),
    "withdraw_application": (signed_in(404, owner=200), signed_in(404, owner=ON)),
    "admin:accounts_application_decide": (
        signed_in(SIGN_IN, verified_admin=404),
        signed_in(SIGN_IN, verified_admin=404),
    ),
    "admin:accounts_certificate_withdraw": (
        signed_in(SIGN_IN, verified_admin=404),
        signed_in(SIGN_IN, verified_admin=404),
    ),
    "admin:accounts_document_open": (signed_in(SIGN_IN, verified_admin=404), signed_in(SIGN_IN, verified_admin=404)),
}
