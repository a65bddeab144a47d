from django.urls import path

from chat.wishes import views

urlpatterns = [path("chat/<uuid:public_id>/wishes/", views.chat_wishes, name="chat_wishes")]
