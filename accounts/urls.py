from django.urls import include, path

from accounts.views import display, profile, signup

urlpatterns = [
    path("", include("accounts.journal.urls")),
    path("", include("accounts.kin.urls")),
    path("", include("accounts.consents.urls")),
    path("", include("accounts.signin.urls")),
    path("language/", display.set_language, name="set_language"),
    path("display/", display.edit_display, name="display"),
    path("account/sign-up/anonymous/", signup.sign_up_anonymously, name="sign_up_anonymously"),
    path("account/recover/", signup.recover, name="recover"),
    path("account/recovery-codes/", signup.recovery_codes, name="recovery_codes"),
    path("account/recovery-codes/new/", signup.renew_recovery_codes, name="renew_recovery_codes"),
    path("helping-others/", include("accounts.roles.urls")),
    path("", include("accounts.factors.urls")),
    path("", include("accounts.helping.urls")),
    path("profile/", profile.edit_profile, name="profile"),
    path("profile/nickname/", profile.change_nickname, name="change_nickname"),
    path("profile/data/", profile.my_data, name="my_data"),
    path("profile/data/download/", include("accounts.export.urls")),
    path("profile/data/delete/", include("accounts.erasure.urls")),
    path("profile/picture/", profile.own_picture, name="own_picture"),
    path("", include("accounts.training.urls")),
]
