"""Work in the background, in the administrators' site."""

from tests.matrix.words import ADMIN_PAGE, ON, SIGN_IN, signed_in

ROWS = {
    "admin:background": (ADMIN_PAGE[0], signed_in(SIGN_IN, verified_admin=405)),
    "admin:background_again": (signed_in(SIGN_IN, verified_admin=405), signed_in(SIGN_IN, verified_admin=ON)),
}
