"""Results of tests as files; the result of the owner is that of tests_results."""

from tests.matrix.words import OWN_PAGE, signed_in

ROWS = {
    "export_tests": OWN_PAGE,
    "export_fhir": OWN_PAGE,
    "test_result_fhir": (signed_in(404, owner=200), signed_in(405)),
}
