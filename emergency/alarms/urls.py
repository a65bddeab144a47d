from django.urls import path

from emergency.alarms import views

urlpatterns = [path("urgent/alarm/", views.urgent_alarm, name="urgent_alarm")]
