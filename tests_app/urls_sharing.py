"""Addresses of what others see of results, and of tests that a psychologist asks for."""

from django.urls import path

from tests_app.views import sharing

urlpatterns = [
    path("tests/result/<uuid:public_id>/sharing/", sharing.share_result, name="share_result"),
    path("tests/result/<uuid:public_id>/sharing/hide/", sharing.hide_result, name="hide_result"),
    path(
        "tests/result/<uuid:public_id>/sharing/<uuid:assignment_id>/",
        sharing.show_answers,
        name="show_answers",
    ),
    path(
        "tests/result/<uuid:public_id>/sharing/<uuid:assignment_id>/stop/",
        sharing.stop_showing_answers,
        name="stop_showing_answers",
    ),
    path("tests/person/<uuid:public_id>/", sharing.person_results, name="person_results"),
    path("tests/person/<uuid:public_id>/ask/", sharing.ask_for_test, name="ask_for_test"),
    path("tests/person/<uuid:public_id>/answers/<uuid:result_id>/", sharing.person_answers, name="person_answers"),
    path("tests/invitation/<uuid:public_id>/decline/", sharing.decline_test, name="decline_test"),
    path("tests/invitation/<uuid:public_id>/withdraw/", sharing.withdraw_invitation, name="withdraw_invitation"),
]
