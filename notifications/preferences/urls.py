from django.urls import path

from notifications.preferences import views

urlpatterns = [
    path("notifications/preferences/", views.edit_preferences, name="notification_preferences"),
    path("notifications/stop/<str:token>/", views.stop_letters, name="stop_letters"),
]
