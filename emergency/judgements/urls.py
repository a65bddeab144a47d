from django.urls import path

from emergency.judgements import views

urlpatterns = [
    path("", views.risk_check, name="risk_check"),
    path("not-right/", views.misjudged, name="misjudged"),
    path("missed/", views.missed, name="missed"),
    path("sent/", views.my_judgements, name="my_judgements"),
    path("sent/<uuid:public_id>/take-back/", views.take_back, name="take_back_judgement"),
]
