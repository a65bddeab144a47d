from django.urls import path

from accounts.consents import views

urlpatterns = [
    path("account/consent/", views.consent_again, name="consent_again"),
    path("profile/consents/", views.my_consents, name="my_consents"),
    path("profile/consents/texts/<uuid:public_id>/", views.consent_text, name="consent_text"),
    path("profile/consents/sharing/<uuid:assignment_id>/", views.share, name="share_moods"),
    path("profile/consents/sharing/<uuid:assignment_id>/stop/", views.stop_sharing, name="stop_sharing"),
    path("profile/consents/<slug:purpose>/withdraw/", views.withdraw, name="withdraw_consent"),
]
