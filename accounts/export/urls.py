from django.urls import path

from accounts.export import views

urlpatterns = [
    path("", views.my_export, name="my_export"),
    path("<uuid:public_id>/emocare.zip", views.export_file, name="export_file"),
]
