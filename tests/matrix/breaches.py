"""The register of breaches, in the administrators' site; the number in the address is of no entry."""

from tests.matrix.words import SIGN_IN, signed_in

NO_SUCH_ENTRY = signed_in(SIGN_IN, verified_admin=404)
ROWS = {
    "admin:accounts_breach_report": (NO_SUCH_ENTRY, NO_SUCH_ENTRY),
    "admin:accounts_breach_open_again": (signed_in(SIGN_IN, verified_admin=405), NO_SUCH_ENTRY),
}
