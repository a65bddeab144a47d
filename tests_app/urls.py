from django.urls import include, path

urlpatterns = [
    path("", include("tests_app.urls_results")),
    path("", include("tests_app.urls_sharing")),
]
