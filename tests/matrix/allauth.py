"""The pages of django-allauth."""

from tests.matrix.words import BEFORE_SIGN_IN, ON, OWN_FORM, PUBLIC_FORM, PUBLIC_PAGE, SIGN_IN, signed_in, who

ROWS = {
    "account_login": BEFORE_SIGN_IN,
    "account_logout": (who(200, nobody=ON), who(ON)),
    "account_inactive": PUBLIC_PAGE,
    "account_signup": BEFORE_SIGN_IN,
    "account_reauthenticate": OWN_FORM,
    "account_email": (signed_in(200), signed_in(ON)),
    "account_email_verification_sent": PUBLIC_PAGE,
    "account_change_password": OWN_FORM,
    "account_set_password": (signed_in(ON), signed_in(ON)),
    "account_reset_password": PUBLIC_FORM,
    "account_reset_password_done": PUBLIC_PAGE,
    "account_reset_password_from_key": PUBLIC_FORM,
    "account_reset_password_from_key_done": PUBLIC_PAGE,
    "account_confirm_login_code": (who(ON, nobody=SIGN_IN), who(ON, nobody=SIGN_IN)),
    "account_confirm_email": (who(200), who(404)),
}
