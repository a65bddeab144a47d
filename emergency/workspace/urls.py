from django.urls import path

from emergency.workspace import views

urlpatterns = [
    path("urgent/", views.urgent_queue, name="urgent_queue"),
    path("urgent/<uuid:public_id>/", views.urgent_case, name="urgent_case"),
    path("urgent/<uuid:public_id>/take/", views.take, name="take_case"),
    path("urgent/<uuid:public_id>/give-back/", views.give_back, name="give_back_case"),
    path("urgent/<uuid:public_id>/hand-over/", views.hand_over, name="hand_over_case"),
    path("urgent/<uuid:public_id>/second/", views.invite, name="invite_to_case"),
    path("urgent/<uuid:public_id>/join/", views.join, name="join_case"),
    path("urgent/<uuid:public_id>/leave/", views.leave, name="leave_case"),
    path("urgent/<uuid:public_id>/ask-no-more/", views.take_back, name="take_back_asking"),
    path("urgent/<uuid:public_id>/note/", views.note, name="note_on_case"),
    path("urgent/<uuid:public_id>/steps/<uuid:check_id>/", views.check, name="check_of_case"),
    path("urgent/<uuid:public_id>/called/", views.called, name="called_to_case"),
    path("urgent/<uuid:public_id>/close/", views.close, name="close_case"),
]
