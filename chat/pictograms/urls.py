from django.urls import path

from chat.pictograms import views

urlpatterns = [
    path("chat/<uuid:public_id>/board/", views.chat_board, name="chat_board"),
    path("chat/<uuid:public_id>/board/send/", views.send_board, name="send_board"),
]
