from django.urls import path

from accounts.signin import views

urlpatterns = [
    path("account/sign-ins/", views.sign_ins, name="sign_ins"),
    path("account/sign-ins/end-others/", views.end_other_sign_ins, name="end_other_sign_ins"),
    path("account/sign-ins/end-all/", views.end_all_sign_ins, name="end_all_sign_ins"),
    path("account/sign-ins/<uuid:public_id>/end/", views.end_sign_in, name="end_sign_in"),
    path("account/presence/", views.presence, name="presence"),
    path("account/proof/", views.new_proof, name="new_proof"),
]
