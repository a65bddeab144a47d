from django.urls import path

from notifications.mail import views

urlpatterns = [path("notifications/mail/again/", views.write_again, name="mail_again")]
