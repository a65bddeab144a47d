from django.urls import path

from emergency.requests import views

urlpatterns = [
    path("urgent-help/ask/", views.ask_for_help, name="ask_for_help"),
    path("urgent-help/come-back/", views.come_back, name="come_back"),
    path("urgent-help/request/<uuid:public_id>/", views.help_request, name="help_request"),
    path("urgent-help/request/<uuid:public_id>/add/", views.add_words, name="add_words"),
    path("urgent-help/request/<uuid:public_id>/undo/", views.undo, name="undo_request"),
    path("urgent-help/request/<uuid:public_id>/end/", views.end, name="end_request"),
    path("urgent-help/request/<uuid:public_id>/place/", views.take_back_place, name="take_back_place"),
    path("urgent-help/request/<uuid:public_id>/code/", views.renew_code, name="renew_request_code"),
]
