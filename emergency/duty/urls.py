from django.urls import path

from emergency.duty import views

urlpatterns = [
    path("duty/", views.duty, name="duty"),
    path("duty/plan/", views.plan, name="plan_shift"),
    path("duty/shifts/<uuid:public_id>/change/", views.change, name="change_shift"),
    path("duty/shifts/<uuid:public_id>/remove/", views.remove, name="remove_shift"),
    path("duty/shifts/<uuid:public_id>/give-up/", views.give_up, name="give_up_shift"),
    path("duty/shifts/<uuid:public_id>/ask/", views.ask_swap, name="ask_swap"),
    path("duty/swaps/<uuid:public_id>/answer/", views.answer_swap, name="answer_swap"),
    path("duty/swaps/<uuid:public_id>/decide/", views.decide_swap, name="decide_swap"),
    path("duty/swaps/<uuid:public_id>/take-back/", views.take_back_swap, name="take_back_swap"),
]
