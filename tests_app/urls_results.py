from django.urls import path

from tests_app.views import results

urlpatterns = [
    path("tests/result/<uuid:public_id>/", results.test_result, name="test_result"),
    path("tests/result/<uuid:public_id>/emocare-result.pdf", results.test_result_pdf, name="test_result_pdf"),
    path("tests/result/<uuid:public_id>/delete/", results.delete_test_result, name="delete_test_result"),
    path("tests/history/", results.test_history, name="test_history"),
    path("tests/history/<slug:key>/", results.test_history_of, name="test_history_of"),
]
