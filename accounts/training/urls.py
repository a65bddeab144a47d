from django.urls import path

from accounts.training import views

urlpatterns = [
    path("training/", views.overview, name="training"),
    path("training/lessons/<slug:lesson_key>/", views.lesson, name="training_lesson"),
    path("training/test/", views.start_test, name="training_test"),
    path("training/test/<uuid:public_id>/", views.attempt, name="training_attempt"),
    path("training/oath/", views.oath, name="training_oath"),
    path("training/certificate/<uuid:public_id>.pdf", views.certificate_pdf, name="training_certificate_pdf"),
    path("certificates/", views.check_certificate, name="check_certificate"),
    path("certificates/<str:code>/", views.certificate, name="certificate"),
]
