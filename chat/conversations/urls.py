from django.urls import path

from chat.conversations import views

urlpatterns = [
    path("chat/", views.chats, name="chats"),
    path("chat/with/<uuid:assignment_id>/", views.chat_with, name="chat_with"),
    path("chat/<uuid:public_id>/", views.chat, name="chat"),
    path("chat/<uuid:public_id>/send/", views.send_message, name="send_message"),
    path("chat/<uuid:public_id>/search/", views.chat_search, name="chat_search"),
    path("chat/<uuid:public_id>/copy/", views.chat_copy, name="chat_copy"),
]
