"""The page of a conversation: who sees it, its windows of messages, what is new, and what it costs."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.journal.choices import Looked, Why
from chat.choices import Reacted
from chat.models import Message, Reaction, Side
from tests.support.html import loose_ends, page, text_of
from tests.support.journal import looks
from tests.support.talks import fill, talk

pytestmark = pytest.mark.django_db


def numbers(response) -> list[int]:
    return [int(line["data-number"]) for line in page(response).select("#log .message")]


def test_both_see_who_wrote_what_and_when(as_person, assignment, place, owner, assigned_volunteer):
    talk(assignment, ("Сәлем!\nҚалайсыз?", "<b>Жақсы</b>"))
    for person, mine, other in ((owner, "m-1", assigned_volunteer), (assigned_volunteer, "m-2", owner)):
        soup = page(as_person(person).get(place))
        assert soup.select_one(".message--mine")["id"] == mine
        names = [text_of(line.select_one("[data-part=who]")) for line in soup.select("#log .message")]
        assert sorted(names) == sorted([soup.select_one("#chat")["data-me"], other.shown_name])
        assert soup.select_one("#m-1 [data-part=text]").get_text() == "Сәлем!\nҚалайсыз?"
        assert soup.select_one("#m-2 [data-part=text]").get_text() == "<b>Жақсы</b>"
        assert [day["id"] for day in soup.select(".day")] == [f"day-{timezone.localdate()}"]


def test_the_window_goes_both_ways_by_numbers(as_person, conversation, place, owner):
    fill(conversation, 120)
    client = as_person(owner)
    newest = client.get(place)
    assert numbers(newest) == list(range(71, 121))
    earlier = client.get(place + page(newest).select_one("[rel=prev]")["href"])
    assert numbers(earlier) == list(range(21, 71))
    first = client.get(place + page(earlier).select_one("[rel=prev]")["href"])
    assert numbers(first) == list(range(1, 21))
    assert page(first).select_one("[rel=prev]") is None
    assert numbers(client.get(place + page(first).select_one("[rel=next]")["href"])) == list(range(21, 71))
    around = client.get(f"{place}?around=60")
    assert numbers(around) == list(range(35, 85))
    assert page(around).select_one("#chat")["data-last"] == "120"
    assert not page(around).select("#chat[data-newest]")
    assert loose_ends(newest) == loose_ends(first) == []


@pytest.mark.parametrize("asked", ["before=x", "after=-1", "around=" + "9" * 30, "before=0", "after=999", "around=٣"])
def test_an_address_that_names_nothing_shows_the_newest(as_person, conversation, place, owner, asked):
    fill(conversation, 3)
    assert numbers(as_person(owner).get(f"{place}?{asked}&answer=x")) == [1, 2, 3]


def test_a_page_marks_what_it_shows_as_read_and_says_where_the_new_begins(as_person, conversation, place, owner):
    fill(conversation, 3)
    client = as_person(owner)
    assert page(client.get(place)).select_one("#unread").find_next_sibling()["id"] == "m-1"
    assert not page(client.get(place)).select("#unread")
    fill(conversation, 2, by_owner=True)
    fill(conversation, 1)
    assert page(client.get(place)).select_one("#unread").find_next_sibling()["id"] == "m-6"
    side = Side.objects.get(conversation=conversation, person=owner)
    assert (side.delivered, side.read) == (6, 6)


def test_what_stands_on_an_earlier_page_is_not_read_by_the_newest(as_person, conversation, place, owner):
    fill(conversation, 80)
    client = as_person(owner)
    newest = page(client.get(place))
    side = Side.objects.get(conversation=conversation, person=owner)
    assert (side.delivered, side.read) == (80, 0)
    assert not newest.select("#unread")
    first = page(client.get(place + newest.select_one(".notice a[href*=unread]")["href"]))
    assert first.select_one("#unread").find_next_sibling()["id"] == "m-1"
    client.get(place)
    side.refresh_from_db()
    assert side.read == 80


def test_how_far_ones_own_messages_came(as_person, assignment, place, owner, assigned_volunteer):
    conversation = talk(assignment, ("1", "2", "3", "4", "5"))
    Side.objects.filter(conversation=conversation, person=assigned_volunteer).update(delivered=3, read=1)
    soup = page(as_person(owner).get(place))
    states = {line["id"]: line.select_one("[data-part=state]")["data-state"] for line in soup.select("#log .message")}
    assert states == {"m-1": "read", "m-2": "", "m-3": "delivered", "m-4": "", "m-5": "sent"}
    assert text_of(soup.select_one("#m-5 [data-part=state]")) != ""


def test_deleted_edited_and_answered_messages_say_so(as_person, assignment, place, owner, assigned_volunteer):
    conversation = talk(assignment, ("ескі сөз", "екінші"))
    now = timezone.now()
    Message.objects.filter(number=1).update(deleted_at=now, text=b"")
    Message.objects.filter(number=2).update(edited_at=now, reply_to=1)
    Reaction.objects.create(message=Message.objects.get(number=2), person=owner, what=Reacted.THANKS)
    soup = page(as_person(owner).get(place))
    deleted = soup.select_one("#chat")["data-deleted"]
    assert text_of(soup.select_one("#m-1 [data-part=text]")) == deleted
    answer = soup.select_one("#m-2 [data-part=reply]")
    assert (answer["href"], text_of(answer.q)) == ("#m-1", deleted)
    assert not soup.select("#m-2 [data-part=edited][hidden]")
    assert text_of(soup.select_one("#m-2 [data-part=thanks]")) == "1"
    fill(conversation, 60)
    Message.objects.filter(number=62).update(reply_to=2)
    assert page(as_person(owner).get(place)).select_one("#m-62 [data-part=reply]")["href"] == "?around=2#m-2"


def test_a_helper_whose_account_is_gone_has_a_name_still(as_person, assignment, place, owner, assigned_volunteer):
    talk(assignment)
    assigned_volunteer.delete()
    for address in (place, "/kk/chat/", f"{place}search/", f"{place}copy/"):
        assert as_person(owner).get(address).status_code == 200
    soup = page(as_person(owner).get(place))
    assert text_of(soup.select_one("#m-2 [data-part=who]")) == text_of(soup.h1)
    assert not soup.select("#send")


def test_a_page_of_sixty_costs_as_many_queries_as_one_of_one(as_person, conversation, place, owner):
    client, costs = as_person(owner), []
    for more in (1, 59):
        fill(conversation, more)
        with CaptureQueriesContext(connection) as queries:
            client.get(place)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 14


def test_a_look_of_the_helper_is_written_down_once_while_it_goes_on(
    as_person, conversation, place, owner, assigned_volunteer
):
    helper = as_person(assigned_volunteer)
    as_person(owner).get(place)
    for address in (place, f"{place}?before=1", f"{place}search/"):
        helper.get(address)
    assert looks(owner) == [(assigned_volunteer.shown_name, Looked.CHAT, Why.ASSIGNED)]
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        helper.get(f"{place}copy/")
    assert len(looks(owner)) == 2
