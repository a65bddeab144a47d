"""Addresses of single tests; last of all, because any word could be the key of one."""

from django.urls import path

from tests_app.views import finding, trying

urlpatterns = [
    path("tests/<slug:key>/", finding.about, name="test"),
    path("tests/<slug:key>/begin/", finding.begin, name="begin_test"),
    path("tests/<slug:key>/try/", trying.try_test, name="try_test"),
]
