"""Looks of helpers: an open page that fetches itself anew is one look, and its words are another."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.choices import Role
from accounts.models import JournalEntry
from tests.support.cast import make_person
from tests.support.urgent_help import asks

pytestmark = pytest.mark.django_db


def looks(kind: str) -> int:
    return JournalEntry.objects.filter(kind=kind).count()


def test_a_page_that_fetches_itself_anew_is_one_look_a_quarter_of_an_hour(as_person, owner):
    client, request = as_person(make_person("saule", role=Role.PSYCHOLOGIST)), asks(owner)
    case = f"/en/urgent/{request.public_id}/"
    for _again in range(3):
        client.get("/en/urgent/")
        client.get(case)
    assert (looks("list"), looks("request")) == (1, 1)
    client.post(f"{case}take/")
    client.get(case)
    assert looks("request") == 2  # now with the words
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        client.get(case)
    assert looks("request") == 3


def test_another_sign_in_of_the_same_helper_is_another_look(as_person, owner):
    saule, request = make_person("saule", role=Role.PSYCHOLOGIST), asks(owner)
    for _device in range(2):
        as_person(saule).get(f"/en/urgent/{request.public_id}/")
    assert looks("request") == 2
