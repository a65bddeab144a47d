"""What a supporter sees of moods and records for somebody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.kin.choices import Right
from tests.accounts.support import phrase
from tests.support.cast import make_support
from tests.support.html import errors, page, text_of, typed
from tracker.models import MoodEntry, OwnWord

pytestmark = pytest.mark.django_db


def place(support, rest: str = "") -> str:
    return f"/kk/mood/of/{support.public_id}/{rest}"


@pytest.fixture
def written(owner) -> MoodEntry:
    word = OwnWord.objects.create(owner=owner, kind="cause", word="өзен")
    return MoodEntry.objects.create(owner=owner, level=2, note="құпия сөз", causes=[word.code])


def test_with_moods_alone_no_word_of_the_owner_is_shown(as_person, owner, supporter, written):
    support = supporter.supporting.get()
    for span in ("week", "month", "year", "nonsense", ""):
        shown = as_person(supporter).get(place(support), {"span": span}).content.decode()
        assert "құпия" not in shown
        assert "өзен" not in shown
        assert "course-chart" in shown


def test_with_notes_alone_no_chart_is_shown(as_person, owner, other_user, written):
    support = make_support(owner, other_user, Right.SEE_NOTES)
    shown = as_person(other_user).get(place(support)).content.decode()
    assert "құпия сөз" in shown
    assert "course-chart" not in shown


def test_nobody_elses_moods_are_reached_through_it(as_person, owner, supporter, unrelated_volunteer):
    support = supporter.supporting.get()
    assert as_person(unrelated_volunteer).get(place(support)).status_code == 404
    assert as_person(supporter).get(f"/kk/mood/of/{owner.public_id}/").status_code == 404


def test_an_entry_by_a_supporter_says_so_to_the_owner(as_person, owner, other_user):
    support = make_support(owner, other_user, Right.RECORD_MOOD)
    sent = {"level": "4", "note": "Серуендедік", "form_key": "7c0de6a6-2cd4-4ca3-a3b7-4d6c7b6f2f11"}
    for _ in range(2):  # a second press changes nothing
        assert as_person(other_user).post(place(support, "record/"), sent).status_code == 302
    entry = MoodEntry.objects.get()
    assert (entry.owner, entry.recorded_by, entry.level, entry.note) == (owner, other_user, 4, "Серуендедік")
    for own in ("/kk/mood/", "/kk/mood/journal/"):
        assert "Stranger" in text_of(page(as_person(owner).get(own)).select_one(".entry"))
    assert as_person(other_user).get(f"/kk/mood/{entry.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("level", {}),
        ("level", {"level": "9"}),
        ("note", {"level": "3", "note": "a\0b"}),
        ("note", {"level": "3", "note": "ә" * 5001}),
        ("day", {"level": "3", "day": "2099-01-01"}),
    ],
)
def test_a_bad_entry_is_refused_beside_its_field(as_person, owner, other_user, field, sent):
    support = make_support(owner, other_user, Right.RECORD_MOOD)
    answer = as_person(other_user).post(place(support, "record/"), sent)
    assert errors(answer, field)
    assert field != "day" or typed(answer, "day") == "2099-01-01"
    assert not MoodEntry.objects.exists()


def test_the_form_for_somebody_does_not_promise_that_only_the_owner_reads_it(as_person, owner, other_user):
    support = make_support(owner, other_user, Right.RECORD_MOOD)
    shown = as_person(other_user).get(place(support, "record/")).content.decode()
    assert phrase("The person reads it and sees that you wrote it.") in shown


def test_names_of_writers_cost_one_query_more_at_most(as_person, owner, other_user):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            as_person(owner).get("/kk/mood/journal/")
        return len(counted)

    MoodEntry.objects.create(owner=owner, level=3)
    before = queries()
    for _ in range(5):
        MoodEntry.objects.create(owner=owner, level=3, recorded_by=other_user)
    assert queries() <= before + 1
