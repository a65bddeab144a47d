from django.urls import path

from tests_app.views import files, finding, results, safety, sharing, taking, trying

urlpatterns = [
    path("tests/", finding.tests, name="tests"),
    path("tests/run/<uuid:public_id>/", taking.take, name="take_test"),
    path("tests/run/<uuid:public_id>/give-up/", taking.give_up, name="give_up_test"),
    path("tests/result/<uuid:public_id>/", results.test_result, name="test_result"),
    path("tests/result/<uuid:public_id>/emocare-result.pdf", results.test_result_pdf, name="test_result_pdf"),
    path("tests/result/<uuid:public_id>/fhir.json", files.test_result_fhir, name="test_result_fhir"),
    path("tests/result/<uuid:public_id>/delete/", results.delete_test_result, name="delete_test_result"),
    path("tests/result/<uuid:public_id>/safety/", safety.safety_step, name="safety_step"),
    path("tests/result/<uuid:public_id>/sharing/", sharing.share_result, name="share_result"),
    path("tests/result/<uuid:public_id>/sharing/hide/", sharing.hide_result, name="hide_result"),
    path(
        "tests/result/<uuid:public_id>/sharing/<uuid:assignment_id>/",
        sharing.show_answers,
        name="show_answers",
    ),
    path(
        "tests/result/<uuid:public_id>/sharing/<uuid:assignment_id>/stop/",
        sharing.stop_showing_answers,
        name="stop_showing_answers",
    ),
    path("tests/history/", results.test_history, name="test_history"),
    path("tests/history/<slug:key>/", results.test_history_of, name="test_history_of"),
    path("tests/files/emocare-tests.csv", files.export_tests, name="export_tests"),
    path("tests/files/emocare-fhir.json", files.export_fhir, name="export_fhir"),
    path("tests/safety-plan/", safety.safety_plan, name="safety_plan"),
    path("tests/safety-plan/delete/", safety.delete_safety_plan, name="delete_safety_plan"),
    path("tests/safety-plan/<slug:step_slug>/", safety.edit_safety_plan, name="edit_safety_plan"),
    path("tests/person/<uuid:public_id>/", sharing.person_results, name="person_results"),
    path("tests/person/<uuid:public_id>/ask/", sharing.ask_for_test, name="ask_for_test"),
    path("tests/person/<uuid:public_id>/answers/<uuid:result_id>/", sharing.person_answers, name="person_answers"),
    path("tests/invitation/<uuid:public_id>/decline/", sharing.decline_test, name="decline_test"),
    path("tests/invitation/<uuid:public_id>/withdraw/", sharing.withdraw_invitation, name="withdraw_invitation"),
    # Last, because any word could be the key of a test; the check of instruments refuses the words that stand above.
    path("tests/<slug:key>/", finding.about, name="test"),
    path("tests/<slug:key>/begin/", finding.begin, name="begin_test"),
    path("tests/<slug:key>/try/", trying.try_test, name="try_test"),
]
