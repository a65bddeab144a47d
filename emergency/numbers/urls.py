from django.urls import path

from emergency.numbers import views

urlpatterns = [
    path("urgent-numbers/", views.urgent_numbers, name="urgent_numbers"),
    path("urgent-numbers/file/", views.urgent_numbers_file, name="urgent_numbers_file"),
]
