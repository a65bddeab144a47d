"""The thread of a request: to whom words go, that none is lost or doubled, and how it goes on afterwards."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.helping.steps import Refused
from emergency import thread
from emergency.choices import Level, Part, Source, State
from emergency.models import Claim, FollowUp, Message
from emergency.requests import services
from tests.emergency.requests.test_asking_for_help import GRAVE
from tests.support.html import errors, page, said, text_of, typed
from tests.support.news import told, written
from tests.support.urgent import open_for, take_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def psychologist(unrelated_psychologist):
    return unrelated_psychologist


@pytest.fixture
def taken(owner, psychologist):
    request = open_for(owner)
    take_by(request, psychologist)
    return request


def say(request, author, text="Сәлем", key=None, by_person=False):
    return thread.say(thread=request, author=author, by_person=by_person, text=text, key=key or uuid.uuid4())


def texts(request) -> list[str]:
    return [message.text for message in thread.messages_of(request)]


def test_words_go_both_ways_and_each_side_is_told_without_them(as_person, owner, psychologist, taken):
    browser = as_person(owner)
    place = f"/en/urgent-help/request/{taken.public_id}/"
    answer = browser.post(place, {"words": "Маған қиын", "form_key": uuid.uuid4()}, follow=True)
    assert said(answer) == ["success: Your words are sent."]
    say(taken, psychologist, "Мен осындамын")
    shown = page(browser.get(place)).select("#thread li")
    assert [text_of(line.h3).split(",")[0] for line in shown] == ["You", "Unrelated-Psychologist"]
    assert [line.has_attr("data-say") for line in shown] == [False, True]
    assert told(psychologist)[-1] == "urgent_words written"
    assert told(owner)[-1] == "help_request written"
    assert "қиын" not in written()


def test_the_same_form_is_one_message_and_other_words_in_it_are_not_lost(owner, taken):
    key = uuid.uuid4()
    for text in ("one", "one", "two"):
        say(taken, owner, text, key, by_person=True)
    assert texts(taken) == ["one", "two"]


def test_nobody_writes_before_it_is_taken_nor_somebody_who_has_nothing_to_do_with_it(owner, psychologist, other_user):
    request = open_for(owner)
    for author, by_person in ((owner, True), (psychologist, False)):
        with pytest.raises(Refused):
            say(request, author, by_person=by_person)
    take_by(request, psychologist)
    with pytest.raises(Refused):
        say(request, other_user)


def test_the_second_person_writes_too_and_whoever_gave_it_on_does_not(
    owner, psychologist, assigned_psychologist, taken
):
    Claim.objects.create(request=taken, helper=assigned_psychologist, part=Part.SECOND)
    say(taken, assigned_psychologist, "Екеуміз осындамыз")
    say(taken, owner, "Рақмет", by_person=True)
    assert [told(person)[-1] for person in (psychologist, assigned_psychologist)] == ["urgent_words written"] * 2
    taken.claims.filter(helper=psychologist).update(ended_at=timezone.now())
    with pytest.raises(Refused):
        say(taken, psychologist)


def test_words_of_danger_raise_the_request_and_the_helpers_own_do_not(owner, psychologist, taken):
    say(taken, psychologist, GRAVE["en"])
    taken.refresh_from_db()
    assert taken.level == Level.HIGH
    say(taken, owner, GRAVE["en"], by_person=True)
    taken.refresh_from_db()
    assert taken.level == Level.IMMINENT


def test_after_the_end_it_goes_on_with_whoever_has_the_follow_up_and_then_no_more(
    as_person, owner, psychologist, taken
):
    services.end(request=taken)
    left = FollowUp.objects.get()
    say(left, psychologist, "Қалыңыз қалай?")
    say(taken, owner, "Жақсы", by_person=True)
    assert texts(taken) == texts(left) == ["Қалыңыз қалай?", "Жақсы"]
    FollowUp.objects.update(state=State.CLOSED, closed_at=timezone.now(), closed_by_person=True)
    answer = as_person(owner).post(
        f"/en/urgent-help/request/{taken.public_id}/", {"words": "Тағы", "form_key": uuid.uuid4()}
    )
    assert "closed already" in errors(answer, "words")
    assert typed(answer, "words") == "Тағы"
    assert Message.objects.count() == 2


def test_the_thread_of_other_follow_ups_is_their_own(owner, psychologist):
    now = timezone.now()
    state = {"state": State.TAKEN, "taken_by": psychologist, "taken_at": now, "to_helpers": True, "asked_at": now}
    own = FollowUp.objects.create(
        user=owner, level=Level.HIGH, source=Source.TEST, due_at=now + timedelta(hours=1), **state
    )
    say(own, owner, "Сәлем", by_person=True)
    assert texts(own) == ["Сәлем"]
    assert told(psychologist)[-1] == "follow_up written"


def test_a_script_sends_the_same_words_once_and_hears_what_is_wrong_with_others(as_person, owner, psychologist, taken):
    as_json = {"Accept": "application/json"}
    for person, address in (
        (owner, f"/en/urgent-help/request/{taken.public_id}/"),
        (psychologist, f"/en/urgent/{taken.public_id}/"),
    ):
        browser, key = as_person(person), uuid.uuid4()
        for _again in range(2):
            answer = browser.post(address, {"words": "Сәлем", "form_key": key}, headers=as_json)
            assert answer.json() == {"sent": True}
        answer = browser.post(address, {"words": " ", "form_key": uuid.uuid4()}, headers=as_json)
        assert (answer.status_code, list(answer.json())) == (400, ["wrong"])
    assert texts(taken) == ["Сәлем", "Сәлем"]


def test_a_script_of_whoever_has_it_no_more_stores_nothing(as_person, psychologist, taken):
    browser = as_person(psychologist)
    taken.claims.update(ended_at=timezone.now())
    answer = browser.post(
        f"/en/urgent/{taken.public_id}/",
        {"words": "Сәлем", "form_key": uuid.uuid4()},
        headers={"Accept": "application/json"},
    )
    assert answer.headers["Content-Type"].startswith("text/html")  # by which the script knows to give them back
    assert texts(taken) == []
