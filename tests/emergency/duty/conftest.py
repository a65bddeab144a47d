"""Monday, 23 November 2026, ten o'clock in Kazakhstan; three psychologists and an administrator."""

import pytest
import time_machine

from accounts.choices import Role
from accounts.models import User
from tests.support.cast import make_person
from tests.support.duty import at


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(at(23, 10), tick=False) as traveller:
        yield traveller


@pytest.fixture
def asel() -> User:
    return make_person("asel", role=Role.PSYCHOLOGIST)


@pytest.fixture
def marat() -> User:
    return make_person("marat", role=Role.PSYCHOLOGIST)


@pytest.fixture
def dana() -> User:
    return make_person("dana", role=Role.PSYCHOLOGIST)
