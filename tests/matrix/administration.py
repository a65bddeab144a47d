"""The administrators' site: nothing without the second factor."""

from tests.matrix.words import ADMIN_PAGE, ON, SIGN_IN, TO_SECOND_FACTOR, signed_in, who

ROWS = {
    "admin:index": ADMIN_PAGE,
    "admin:login": (signed_in(403, **TO_SECOND_FACTOR), signed_in(403, **TO_SECOND_FACTOR)),
    "admin:logout": (who(ON, nobody=SIGN_IN, verified_admin=405), who(ON, nobody=SIGN_IN, verified_admin=200)),
    "admin:password_change": (signed_in(SIGN_IN, verified_admin=ON), signed_in(SIGN_IN, verified_admin=ON)),
    "admin:password_change_done": (ADMIN_PAGE[0], signed_in(SIGN_IN, verified_admin=405)),
    "admin:autocomplete": (signed_in(SIGN_IN, verified_admin=403), signed_in(SIGN_IN, verified_admin=405)),
    "admin:jsi18n": (ADMIN_PAGE[0], signed_in(SIGN_IN, verified_admin=405)),
    "admin:view_on_site": (signed_in(SIGN_IN, verified_admin=404), signed_in(SIGN_IN, verified_admin=404)),
    "admin:app_list": ADMIN_PAGE,
    "admin:auth_user_password_change": ADMIN_PAGE,
}
