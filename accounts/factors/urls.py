from django.urls import path

from accounts.factors.views import factors, passkeys, verification

urlpatterns = [
    path("account/second-factor/", verification.second_factor, name="second_factor"),
    path("account/second-factor/letter/", verification.send_code, name="send_factor_code"),
    path("account/factors/", factors.factors, name="factors"),
    path("account/factors/authenticator/", factors.add_authenticator, name="add_authenticator"),
    path("account/factors/email/", factors.add_email, name="add_email_factor"),
    path("account/factors/codes/", factors.spare_codes, name="spare_codes"),
    path("account/factors/passkey/", passkeys.add_passkey, name="add_passkey"),
    path("account/factors/passkey/options/", passkeys.options, name="passkey_options"),
    path("account/factors/passkey/save/", passkeys.save, name="save_passkey"),
    path("account/factors/passkey/question/", passkeys.question, name="passkey_question"),
    path("account/factors/passkey/answer/", passkeys.answer, name="passkey_answer"),
    path("account/factors/<slug:key>/remove/", factors.remove_factor, name="remove_factor"),
]
