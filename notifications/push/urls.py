from django.urls import path

from notifications.push import views

urlpatterns = [
    path("notifications/devices/", views.push_devices, name="push_devices"),
    path("notifications/devices/key/", views.push_key, name="push_key"),
    path("notifications/devices/<uuid:public_id>/stop/", views.stop_device, name="stop_device"),
    path("notifications/devices/<uuid:public_id>/try/", views.try_device, name="try_device"),
]
