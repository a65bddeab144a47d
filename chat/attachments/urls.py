from django.urls import path

from chat.attachments import views

urlpatterns = [
    path("chat/<uuid:public_id>/attach/", views.attach_to_chat, name="attach_to_chat"),
    path("chat/<uuid:public_id>/attachments/<uuid:attachment_id>/", views.attachment, name="chat_attachment"),
]
