from django.urls import path

from accounts.journal import views

urlpatterns = [path("profile/who-looked/", views.who_looked, name="who_looked")]
