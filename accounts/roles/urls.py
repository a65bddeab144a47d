from django.urls import path

from accounts.roles import views

urlpatterns = [
    path("", views.overview, name="become_helper"),
    path("applications/<uuid:public_id>/", views.application, name="application"),
    path("applications/<uuid:public_id>/documents/", views.add_document, name="add_document"),
    path(
        "applications/<uuid:public_id>/documents/<uuid:document_id>/remove/",
        views.remove_document,
        name="remove_document",
    ),
    path("applications/<uuid:public_id>/send/", views.send, name="send_application"),
    path("applications/<uuid:public_id>/withdraw/", views.withdraw, name="withdraw_application"),
    path("<slug:role>/", views.apply, name="apply"),
]
