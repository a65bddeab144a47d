from django.urls import path

from tests_app.views import files

urlpatterns = [
    path("tests/files/emocare-tests.csv", files.export_tests, name="export_tests"),
    path("tests/files/emocare-fhir.json", files.export_fhir, name="export_fhir"),
    path("tests/result/<uuid:public_id>/fhir.json", files.test_result_fhir, name="test_result_fhir"),
]
