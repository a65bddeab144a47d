"""The safety plan: a step at a time, the owner's alone, encrypted, to be deleted."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection

from tests.accounts.support import at_once
from tests.support.html import errors, loose_ends, page, said, text_of, typed
from tests_app.models import SafetyPlan
from tests_app.safety import services
from tests_app.safety.plan import STEPS

pytestmark = pytest.mark.django_db
HOME = "/en/tests/safety-plan/"


def test_each_step_is_saved_by_itself_and_leads_to_the_next(as_person, owner):
    client = as_person(owner)
    place = f"{HOME}signs/"
    for step in STEPS:
        assert place == f"{HOME}{step.slug}/"
        place = client.post(place, {"words": f"Сөзім {step.slug}", "do": "next"}).headers["Location"]
    assert place == HOME
    words = text_of(page(client.get(HOME)).main)
    assert all(f"Сөзім {step.slug}" in words for step in STEPS)
    assert SafetyPlan.objects.count() == 1


def test_a_step_can_be_emptied_again_and_the_others_stay(as_person, owner):
    client = as_person(owner)
    client.post(f"{HOME}alone/", {"words": "шай"})
    client.post(f"{HOME}reasons/", {"words": "балаларым"})
    client.post(f"{HOME}alone/", {"words": ""})
    plan = SafetyPlan.objects.get()
    assert (plan.own_ways, plan.reasons) == ("", "балаларым")


@time_machine.travel(datetime(2026, 11, 23, 7, tzinfo=UTC), tick=False)  # lines that nobody checks for long go
def test_our_lines_are_added_to_what_was_typed_once(as_person, owner):
    client = as_person(owner)
    first = typed(client.post(f"{HOME}professionals/", {"words": "дәрігерім", "do": "lines"}), "words")
    assert first.startswith("дәрігерім\n150: ")
    assert typed(client.post(f"{HOME}professionals/", {"words": first, "do": "lines"}), "words") == first
    assert not SafetyPlan.objects.exists()


@pytest.mark.parametrize("text", ["a" * 3001, "a\0b"])
def test_what_cannot_be_kept_is_said_beside_the_field(as_person, owner, text):
    response = as_person(owner).post(f"{HOME}signs/", {"words": text})
    assert errors(response, "words")
    assert not SafetyPlan.objects.exists()


def test_the_database_holds_no_word_of_it(as_person, owner):
    as_person(owner).post(f"{HOME}people/", {"words": "Қарлығаш апай"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM tests_app_safetyplan t")
        stored = cursor.fetchone()[0]
    assert "Қарлығаш".encode().hex() not in stored
    assert "Қарлығаш" not in stored


def test_nobody_else_has_a_way_to_it(as_person, owner, other_user, assigned_psychologist):
    as_person(owner).post(f"{HOME}people/", {"words": "Қарлығаш апай"})
    for person in (other_user, assigned_psychologist):
        client = as_person(person)
        assert "Қарлығаш" not in client.get(HOME).content.decode() + client.get(f"{HOME}people/").content.decode()


def test_it_is_deleted_after_a_question(as_person, owner):
    client = as_person(owner)
    client.post(f"{HOME}people/", {"words": "апай"})
    assert "Delete the safety plan?" in client.get(f"{HOME}delete/").content.decode()
    assert SafetyPlan.objects.exists()
    assert said(client.post(f"{HOME}delete/", follow=True)) == ["success: Your safety plan is deleted."]
    assert not SafetyPlan.objects.exists()


def test_a_step_that_is_not_there_is_not_found_and_pages_point_at_what_is_there(as_person, owner):
    client = as_person(owner)
    assert client.get(f"{HOME}nothing/").status_code == 404
    for place in (HOME, f"{HOME}surroundings/", f"{HOME}delete/"):
        assert loose_ends(client.get(place)) == []


@pytest.mark.django_db(transaction=True)
def test_saving_and_deleting_at_once_breaks_neither(owner):
    for _often in range(5):
        save = [lambda step=step: services.save_step(owner=owner, step=step, text="Сөзім") for step in STEPS[:3]]
        at_once(*save, *[lambda: services.delete_plan(owner=owner)] * 3)
