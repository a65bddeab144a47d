from django.urls import path

from emergency.views import follow_ups
from emergency.views.urgent_help import urgent_help

urlpatterns = [
    path("urgent-help/", urgent_help, name="urgent_help"),
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/<uuid:public_id>/", follow_ups.follow_up, name="follow_up"),
    path("follow-ups/<uuid:public_id>/take/", follow_ups.take, name="take_follow_up"),
    path("follow-ups/<uuid:public_id>/give-back/", follow_ups.give_back, name="give_back_follow_up"),
    path("follow-ups/<uuid:public_id>/close/", follow_ups.close, name="close_follow_up"),
    path("follow-ups/<uuid:public_id>/ask/", follow_ups.ask, name="ask_psychologist"),
    path("follow-ups/<uuid:public_id>/end/", follow_ups.end, name="end_follow_up"),
]
