from django.urls import include, path

from emergency.views import follow_ups, heeding
from emergency.views.grounding import grounding
from emergency.views.urgent_help import urgent_help

urlpatterns = [
    path("urgent-help/", urgent_help, name="urgent_help"),
    path("grounding/", grounding, name="grounding"),
    path("noticed/", heeding.heeded, name="heeded"),
    path("noticed/ask/", heeding.ask_after_words, name="ask_after_words"),
    path("noticed/ask-now/", heeding.ask_now_after_words, name="ask_now_after_words"),
    path("noticed/close/", heeding.close_heeded, name="close_heeded"),
    path("risk-check/", include("emergency.judgements.urls")),
    path("", include("emergency.requests.urls")),
    path("", include("emergency.alarms.urls")),
    path("", include("emergency.workspace.urls")),
    path("", include("emergency.duty.urls")),
    path("", include("emergency.numbers.urls")),
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/<uuid:public_id>/", follow_ups.follow_up, name="follow_up"),
    path("follow-ups/<uuid:public_id>/take/", follow_ups.take, name="take_follow_up"),
    path("follow-ups/<uuid:public_id>/give-back/", follow_ups.give_back, name="give_back_follow_up"),
    path("follow-ups/<uuid:public_id>/close/", follow_ups.close, name="close_follow_up"),
    path("follow-ups/<uuid:public_id>/ask/", follow_ups.ask, name="ask_psychologist"),
    path("follow-ups/<uuid:public_id>/end/", follow_ups.end, name="end_follow_up"),
]
