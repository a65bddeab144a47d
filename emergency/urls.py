from django.urls import path

from emergency import views

urlpatterns = [path("urgent-help/", views.urgent_help, name="urgent_help")]
