from django.urls import path

from notifications.inbox import views

urlpatterns = [
    path("notifications/", views.inbox, name="notifications"),
    path("notifications/read/", views.mark_all_read, name="mark_notifications_read"),
    path("notifications/delete/", views.delete_notification, name="delete_notification"),
    path("notifications/delete-read/", views.delete_read, name="delete_read_notifications"),
    path("notifications/<uuid:public_id>/", views.open_notification, name="open_notification"),
]
