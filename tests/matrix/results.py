"""Results of tests, their files and their course."""

import uuid

from django.utils import timezone

from accounts.models import User
from tests.matrix.words import ON, OWN_PAGE, OWN_READ_ONLY, signed_in
from tests_app import library
from tests_app.models import Result, Version

OWNERS = signed_in(404, owner=200)

ROWS = {
    "test_result": (OWNERS, OWN_READ_ONLY),
    "test_result_pdf": (OWNERS, OWN_READ_ONLY),
    "delete_test_result": (OWNERS, signed_in(404, owner=ON)),
    "test_result_fhir": (OWNERS, OWN_READ_ONLY),
    "test_history": OWN_PAGE,
    "test_history_of": OWN_PAGE,
    "export_tests": OWN_PAGE,
    "export_fhir": OWN_PAGE,
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Give the owner a result of this id, past its safety step."""
    library.load()
    version, now = Version.objects.filter(instrument__key="phq9").last(), timezone.now()
    given = {"answers": '{"1": 1}', "score": 1, "band": "minimal", "language": "kk"}
    given |= {"owner": owner, "version": version, "instrument_id": version.instrument_id}
    Result.objects.get_or_create(
        public_id=public_id, defaults={**given, "started_at": now, "finished_at": now, "safety_passed_at": now}
    )
