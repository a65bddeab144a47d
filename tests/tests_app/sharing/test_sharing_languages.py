"""What stands between somebody and their psychologist is in the reader's own language, on every page of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from tests.emocare.test_languages import LANGUAGES, check, frames_are_right, titles_are_unique
from tests.support.crawl import visit
from tests.support.results import make_result, show_answers
from tests_app.sharing import services

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_in_its_own_language(as_person, owner, assigned_psychologist, instruments, language):
    User.objects.update(shown_name="7")
    for days_ago in (0, 20):
        result = make_result(owner, instruments["phq9"], value=days_ago // 10, days_ago=days_ago)
    hidden = make_result(owner, instruments["gad7"], hidden=True)
    between = show_answers(result, assigned_psychologist)
    due_on = timezone.localdate() + timedelta(days=3)
    services.ask(assignment=between, instrument=instruments["gad7"].instrument, due_on=due_on)
    mine = (
        "dashboard/",
        "profile/consents/",
        "profile/who-looked/",
        f"tests/result/{result.public_id}/sharing/",
        f"tests/result/{hidden.public_id}/sharing/",
        f"tests/result/{result.public_id}/sharing/{between.public_id}/",
    )
    top = f"tests/person/{owner.public_id}/"
    theirs = (top, f"{top}?test=phq9", f"{top}ask/", f"{top}answers/{result.public_id}/", "people/")
    seen = [
        visit(f"GET /{language}/{place}", as_person(person).get(f"/{language}/{place}"))
        for person, places in ((assigned_psychologist, theirs), (owner, mine))
        for place in places
    ]
    assert {page.status for page in seen} == {200}
    check(seen, language)
    frames_are_right(seen)
    titles_are_unique(seen)
