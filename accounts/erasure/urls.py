from django.urls import path

from accounts.erasure import views

urlpatterns = [
    path("", views.erase_account, name="erase_account"),
    path("keep/", views.keep_account, name="keep_account"),
]
