from django.urls import path

from chat.changing import views

urlpatterns = [
    path("chat/<uuid:public_id>/<int:number>/edit/", views.edit_message, name="edit_message"),
    path("chat/<uuid:public_id>/<int:number>/delete/", views.delete_message, name="delete_message"),
    path("chat/<uuid:public_id>/<int:number>/react/", views.react, name="react"),
]
