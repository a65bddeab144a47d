"""A person's own data: seen, downloaded, deleted."""

from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, WITH_FACTOR, signed_in

# Whoever has shown a second factor just now is not asked for the password; then the form lacks its tick.
VERIFIED = dict.fromkeys(WITH_FACTOR, 200)
ROWS = {
    "my_data": OWN_PAGE,
    "change_nickname": (signed_in(ON), signed_in(ON)),  # the cast signs in with addresses
    "my_export": (signed_in(200), signed_in(ON)),
    "export_file": (signed_in(404, owner=ON), OWN_READ_ONLY),
    "erase_account": (signed_in(200), signed_in(ON, **VERIFIED)),
    "keep_account": (OWN_READ_ONLY, signed_in(ON)),
}
