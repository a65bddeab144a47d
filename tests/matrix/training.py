"""The training of volunteers, and the public page of certificates."""

from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, PUBLIC_PAGE, READ_ONLY, signed_in, who

ROWS = {
    "training": OWN_PAGE,
    "training_lesson": (signed_in(200), signed_in(ON)),
    "training_test": (signed_in(200), signed_in(ON)),
    "training_attempt": (signed_in(404, owner=200), signed_in(404, owner=ON)),
    "training_oath": (signed_in(ON), signed_in(ON)),
    "training_certificate_pdf": (signed_in(404, owner=200), OWN_READ_ONLY),
    "check_certificate": PUBLIC_PAGE,
    "certificate": (who(200), READ_ONLY),
}
