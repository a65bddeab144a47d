"""Addresses of the list of tests and of taking one."""

from django.urls import path

from tests_app.views import finding, taking

urlpatterns = [
    path("tests/", finding.tests, name="tests"),
    path("tests/run/<uuid:public_id>/", taking.take, name="take_test"),
    path("tests/run/<uuid:public_id>/give-up/", taking.give_up, name="give_up_test"),
]
