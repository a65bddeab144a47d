from django.urls import path

from accounts.kin.views import guardians, supporters

urlpatterns = [
    path("account/guardian/", guardians.guardian_wait, name="guardian_wait"),
    path("account/guardian/link/", guardians.guardian_link, name="guardian_link"),
    path("account/own-consent/", guardians.own_consent, name="own_consent"),
    path("guardian/withdraw/<str:token>/", guardians.guardian_withdraw, name="guardian_withdraw"),
    path("guardian/<str:code>/", guardians.guardian, name="guardian"),
    path("guardian/<str:code>/refuse/", guardians.guardian_refuse, name="guardian_refuse"),
    path("supporters/", supporters.supporters, name="supporters"),
    path("supporters/invite/", supporters.invite_supporter, name="invite_supporter"),
    path("supporters/<uuid:public_id>/", supporters.change_supporter, name="change_supporter"),
    path("supporters/<uuid:public_id>/end/", supporters.end_supporter, name="end_supporter"),
    path("supporting/", supporters.supported_people, name="supported_people"),
    path("supporting/invitation/<str:code>/", supporters.support_invitation, name="support_invitation"),
    path("supporting/invitation/<str:code>/decline/", supporters.decline_invitation, name="decline_invitation"),
    path("supporting/<uuid:public_id>/", supporters.supported_person, name="supported_person"),
    path("supporting/<uuid:public_id>/end/", supporters.leave_supported, name="leave_supported"),
    path("supporting/<uuid:public_id>/display/", supporters.supported_display, name="supported_display"),
]
