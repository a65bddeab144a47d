from django.urls import path

from tests_app.views import safety

urlpatterns = [
    path("tests/result/<uuid:public_id>/safety/", safety.safety_step, name="safety_step"),
    path("tests/safety-plan/", safety.safety_plan, name="safety_plan"),
    path("tests/safety-plan/delete/", safety.delete_safety_plan, name="delete_safety_plan"),
    path("tests/safety-plan/<slug:step_slug>/", safety.edit_safety_plan, name="edit_safety_plan"),
]
