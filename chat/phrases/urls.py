from django.urls import path

from chat.phrases import views

urlpatterns = [
    path("chat/phrases/", views.own_phrases, name="own_phrases"),
    path("chat/phrases/<uuid:public_id>/delete/", views.delete_own_phrase, name="delete_own_phrase"),
    path("chat/<uuid:public_id>/phrase/", views.use_phrase, name="use_phrase"),
]
