"""Letters to an address that seemed not to work."""

from tests.matrix.words import ON, OWN_READ_ONLY, signed_in

ROWS = {"mail_again": (OWN_READ_ONLY, signed_in(ON))}
