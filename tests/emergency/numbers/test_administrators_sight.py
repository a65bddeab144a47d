"""What an administrator sees of urgent requests in the administrators' site: the timeline, nothing that was written."""

import pytest

from accounts.models import JournalEntry
from emergency.choices import Rung
from emergency.models import HelpRequest, RequestNote
from tests.support.html import page, text_of
from tests.support.past_requests import asked, called

pytestmark = pytest.mark.django_db
LIST = "/admin/emergency/helprequest/"


@pytest.fixture
def request_of_owner(owner, unrelated_psychologist) -> HelpRequest:
    made = asked(owner, words="Ешкімге сөз", place="Ешкімге жер", place_agreed_to="Ешкімге келісім")
    called(made, 0, Rung.DUTY, 2)
    RequestNote.objects.create(request=made, author=unrelated_psychologist, text="Ешкімге түсініктеме")
    return made


def test_the_timeline_is_shown_and_no_word_that_was_written(as_person, admin, request_of_owner):
    client = as_person(admin)
    shown = client.get(f"{LIST}{request_of_owner.pk}/change/")
    assert [text_of(cell) for cell in page(shown).select(".field-people")] == ["2"]
    for answer in (shown, client.get(LIST), client.get(f"{LIST}{request_of_owner.pk}/history/")):
        assert "Ешкімге" not in answer.content.decode()


def test_each_look_is_written_down(as_person, admin, owner, request_of_owner):
    as_person(admin).get(f"{LIST}{request_of_owner.pk}/change/")
    entry = JournalEntry.objects.get(subject=owner.journal_key, kind="request")
    assert (entry.actor, entry.why) == (admin.journal_key, "administration")


def test_one_without_an_account_is_shown_and_nobody_changes_any(as_person, admin, owner):
    made = asked()
    client = as_person(admin)
    place = f"{LIST}{made.pk}/change/"
    assert client.get(place).status_code == 200
    assert client.post(place, {"level": "1", "words": "7"}).status_code == 403
    assert client.post(f"{LIST}{made.pk}/delete/", {"post": "yes"}).status_code == 403
    made.refresh_from_db()
    assert (made.level, made.words) == (2, "")
