"""Tests as data: the schema for everybody, publishing and retiring in the administrators' site."""

from tests.matrix.words import ON, PUBLIC_PAGE, SIGN_IN, signed_in

# The number in the address may be that of a version, where a test has loaded some.
ONE_VERSION = signed_in(SIGN_IN, verified_admin={200, 404}), signed_in(SIGN_IN, verified_admin={ON, 404})
ROWS = {
    "instrument_schema": PUBLIC_PAGE,
    "admin:tests_app_version_publish": ONE_VERSION,
    "admin:tests_app_version_retire": ONE_VERSION,
}
