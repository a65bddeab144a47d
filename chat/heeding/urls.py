from django.urls import path

from chat.heeding import views

urlpatterns = [
    path("chat/<uuid:public_id>/help/", views.chat_help, name="chat_help"),
    path("chat/<uuid:public_id>/alarm/", views.chat_alarm, name="chat_alarm"),
    path("chat/<uuid:public_id>/block/", views.block_chat, name="block_chat"),
    path("chat/<uuid:public_id>/unblock/", views.unblock_chat, name="unblock_chat"),
]
