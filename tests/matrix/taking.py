"""Finding and taking a test, and trying one without an account."""

import uuid

from accounts.models import User
from tests.matrix.words import ON, OWN_READ_ONLY, PUBLIC_FORM, PUBLIC_PAGE, signed_in
from tests_app.models import Run, Version

ROWS = {
    "tests": PUBLIC_PAGE,
    "test": PUBLIC_PAGE,
    "begin_test": (OWN_READ_ONLY, signed_in(ON)),
    "try_test": PUBLIC_FORM,
    "take_test": (signed_in(404, owner=200), signed_in(404, owner=200)),
    "give_up_test": (signed_in(404, owner=200), signed_in(404, owner=ON)),
}


def name_all(public_id: uuid.UUID, owner: User) -> None:
    """Let the owner have begun a test, whose public id is this."""
    version = Version.objects.get(instrument__key="who5")
    Run.objects.create(owner=owner, instrument=version.instrument, version=version, public_id=public_id)
