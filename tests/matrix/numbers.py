"""Numbers of urgent help, for administrators."""

from tests.matrix.words import OWN_READ_ONLY, signed_in

ADMINISTRATORS = signed_in(403, verified_admin=200), OWN_READ_ONLY

ROWS = {"urgent_numbers": ADMINISTRATORS, "urgent_numbers_file": ADMINISTRATORS}
