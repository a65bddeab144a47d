"""The demonstration has results to look at, on both sides."""

import pytest
from django.core.management import call_command

from accounts.models import User
from tests.support.html import page, text_of
from tests_app.models import AnswerShare, Invitation, Result

pytestmark = pytest.mark.django_db


def test_the_demonstration_psychologist_sees_a_course_and_answers_and_a_second_run_adds_nothing(as_person):
    for _ in range(2):
        call_command("demo_data")
    user, psychologist = (User.objects.get(email=f"{name}@demo.emocare.kz") for name in ("user", "psychologist"))
    place = f"/en/tests/person/{user.public_id}/"
    shown = page(as_person(psychologist, verified=True).get(place)).main
    assert len(shown.select("tbody tr")) == 2
    assert len(shown.select("a[href*='/answers/']")) == 1
    assert text_of(shown).count("better than before") == 5
    assert (Result.objects.count(), AnswerShare.objects.count(), Invitation.objects.count()) == (7, 1, 1)
    assert Invitation.objects.get().assignment.helper == psychologist
    assert page(as_person(user).get("/en/dashboard/")).select("form[action*='/decline/']")
