from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from emocare import health, manifest, metrics, offline, pages
from tests_app.views.schema import instrument_schema

handler400 = "emocare.errors.bad_request"
handler403 = "emocare.errors.permission_denied"
handler404 = "emocare.errors.not_found"
handler429 = "emocare.errors.too_many_requests"
handler500 = "emocare.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("manifest/<str:language>.webmanifest", manifest.manifest, name="manifest"),
    path("exit/", pages.quick_exit, name="quick_exit"),
    path("admin/", admin.site.urls),
    path("tests/schema.json", instrument_schema, name="instrument_schema"),
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("dashboard/", pages.dashboard, name="dashboard"),
        path("about/", pages.public_page, {"name": "about"}, name="about"),
        path("accessibility/", pages.public_page, {"name": "accessibility"}, name="accessibility"),
        path("privacy/", pages.public_page, {"name": "privacy"}, name="privacy"),
        path("rules/", pages.public_page, {"name": "rules"}, name="rules"),
        path("help/", pages.public_page, {"name": "help"}, name="help"),
        path("leaving-quickly/", pages.public_page, {"name": "leaving_quickly"}, name="leaving_quickly"),
        path("staff/components/", pages.gallery, name="gallery"),
        path("account/", include("allauth.account.urls")),
        path("", include("accounts.urls")),
        path("", include("tracker.urls")),
        path("", include("tests_app.urls")),
        path("", include("chat.urls")),
        path("", include("emergency.urls")),
        path("", include("notifications.urls")),
    ),
]
