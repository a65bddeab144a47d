import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The same algorithm at a fraction of its cost: these tests sign in about a thousand times."""

    time_cost = 1
    memory_cost = 64  # KiB
    parallelism = 1


@pytest.fixture(autouse=True)
def _passwords_are_quick(settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.conftest.QuickArgon2"]


@pytest.fixture
def easy_proofs(settings):
    """Proofs-of-work that take no time."""
    settings.PROOF_OF_WORK = 8
