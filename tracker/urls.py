from django.urls import path

from tracker import views

urlpatterns = [
    path("mood/", views.tracker, name="tracker"),
    path("mood/week/", views.week_panel, name="week_panel"),
    path("mood/record/", views.record, name="record_mood"),
    path("mood/<uuid:public_id>/", views.edit, name="edit_mood"),
    path("mood/<uuid:public_id>/delete/", views.delete, name="delete_mood"),
]
