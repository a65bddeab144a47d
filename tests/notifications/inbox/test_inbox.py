"""The inbox: what it shows, where its lines lead, and that it holds whatever is in the table."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Notification
from tests.support.html import page, said, text_of
from tracker.models import MoodEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # evening in Almaty
INBOX = "/en/notifications/"


def lines(client, address=INBOX) -> list[str]:
    return [text_of(title) for title in page(client.get(address)).select("main .entry__title")]


def link(client) -> str:
    return page(client.get(INBOX)).select_one("main .entry__title a")["href"]


def press(client, action: str, number: int = 0):
    """Press a button of the inbox as a browser would, with all its fields."""
    form = page(client.get(INBOX)).select(f"main form[action='{INBOX}{action}/']")[number]
    return client.post(form["action"], {field["name"]: field["value"] for field in form.select("input")}, follow=True)


def test_news_stand_newest_first_under_their_days(as_person, owner, told):
    for hours in (50, 24, 1):
        with time_machine.travel(NOW - timedelta(hours=hours), tick=False):
            told(owner)
    with time_machine.travel(NOW, tick=False):
        shown = page(as_person(owner).get(INBOX)).main
    assert [h.text for h in shown.select("h2")] == ["Today", "Yesterday", "20 November 2026"]
    assert [t["datetime"][:16] for t in shown.select("time")] == [
        "2026-11-22T19:00",
        "2026-11-21T20:00",
        "2026-11-20T18:00",
    ]


def test_unread_is_said_in_words(as_person, owner, told):
    client = as_person(owner)
    told(owner), told(owner)
    client.get(link(client))
    marks = [text_of(mark).split(" ")[0] for mark in page(client.get(INBOX)).select("main .entry__note")]
    assert sorted(marks) == ["New", "Read"]


def test_a_line_leads_to_its_page_in_the_readers_language_and_is_read_then(as_person, owner, told):
    client, entry = as_person(owner), MoodEntry.objects.create(owner=owner, level=4)
    news = told(owner, what="entry", public_id=str(entry.public_id))
    answer = client.get(f"/ru/notifications/{news.public_id}/")
    assert answer.url == f"/ru/mood/{entry.public_id}/"
    first = Notification.objects.get().read_at
    client.get(f"/ru/notifications/{news.public_id}/")
    assert Notification.objects.get().read_at == first is not None


def test_nobody_else_sees_opens_or_deletes_them(as_person, owner, other_user, told):
    news, stranger = told(owner), as_person(other_user)
    assert lines(stranger) == []
    assert stranger.get(f"{INBOX}{news.public_id}/").status_code == 404
    for action in ("read", "delete", "delete-read"):
        assert stranger.post(f"{INBOX}{action}/", {"public_id": news.public_id}).status_code == 302
    assert Notification.objects.get().read_at is None


@pytest.mark.parametrize(
    "data",
    ["", "{", "[]", "null", '"x"', '{"what": []}', '{"what": "entry"}', '{"what": "of the next version"}'],
)
def test_a_row_that_this_version_does_not_understand_is_shown_and_opened(as_person, owner, data):
    client = as_person(owner)
    for kind in ("inbox_news", "of_the_next_version"):
        Notification.objects.create(user=owner, kind=kind, data=data)
    assert len(lines(client)) == 2
    opened = client.get(link(client))
    assert (opened.status_code, page(opened).h1.text) == (200, "This is no longer here")
    assert Notification.objects.filter(read_at__isnull=False).count() == 1


def test_an_address_that_takes_something_else_says_that_nothing_is_there(as_person, owner, told):
    told(owner, what="entry", public_id="no id")
    client = as_person(owner)
    assert page(client.get(link(client))).h1.text == "This is no longer here"


def test_news_whose_time_is_over_are_neither_shown_nor_counted(as_person, owner, told):
    with time_machine.travel(NOW - timedelta(hours=4), tick=False):
        short, _long = told(owner, "inbox_short"), told(owner)
    with time_machine.travel(NOW, tick=False):
        client = as_person(owner)
        assert len(lines(client)) == 1
        assert bell(client) == ("Notifications, 1 not read", "1")
        assert client.get(f"{INBOX}{short.public_id}/").status_code == 404


def test_all_are_marked_as_read_but_those_that_came_since(as_person, owner, told):
    client = as_person(owner)
    told(owner), told(owner)
    form = page(client.get(INBOX)).select_one(f"form[action='{INBOX}read/'] [name=until]")
    told(owner)
    answer = client.post(f"{INBOX}read/", {"until": form["value"]}, follow=True)
    assert said(answer) == ["success: All notifications are marked as read."]
    assert Notification.objects.filter(read_at__isnull=True).count() == 1
    assert client.post(f"{INBOX}read/", {"until": "\0"}).status_code == 302
    assert bell(client) == ("Notifications", "")


def test_one_is_deleted_and_pressing_twice_is_the_same(as_person, owner, told):
    client = as_person(owner)
    told(owner), told(owner)
    fields = {"public_id": str(Notification.objects.first().public_id)}
    for _press in range(2):
        answer = client.post(f"{INBOX}delete/", fields, follow=True)
        assert said(answer) == ["success: The notification is deleted."]
        assert len(lines(client)) == 1
    for wrong in ("", "x", "\0", str(uuid.uuid4())):
        assert client.post(f"{INBOX}delete/", {"public_id": wrong}).status_code == 302
    assert len(lines(client)) == 1


def test_who_deletes_on_an_older_page_stays_there(as_person, owner):
    Notification.objects.bulk_create([Notification(user=owner, kind="inbox_news") for _ in range(22)])
    client = as_person(owner)
    form = page(client.get(f"{INBOX}?page=2")).select_one(f"main form[action='{INBOX}delete/']")
    fields = {field["name"]: field["value"] for field in form.select("input")}
    assert client.post(form["action"], fields).url == f"{INBOX}?page=2"
    assert len(lines(client, f"{INBOX}?page=2")) == 1


def test_what_was_read_is_deleted_together(as_person, owner, told):
    client = as_person(owner)
    told(owner), told(owner)
    client.get(link(client))
    assert said(press(client, "delete-read")) == ["success: 1 notification is deleted."]
    assert len(lines(client)) == 1
    assert said(client.post(f"{INBOX}delete-read/", follow=True)) == []


def test_the_empty_inbox_says_so_and_leads_to_the_preferences(as_person, owner):
    shown = page(as_person(owner).get(INBOX)).main
    assert shown.select_one(".empty")
    assert shown.select("a[href='/en/notifications/preferences/']")
    assert not shown.select("button")


def test_many_news_take_pages_and_as_few_queries_as_one(as_person, owner, told):
    client, counts = as_person(owner), []
    for more in (1, 44):
        rows = [Notification(user=owner, kind="inbox_news", data='{"what": "came"}') for _ in range(more)]
        Notification.objects.bulk_create(rows)
        with CaptureQueriesContext(connection) as queries:
            client.get(INBOX)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 4  # the session, the person with the number, how many there are, those of the page
    assert [len(lines(client, f"{INBOX}?page={number}")) for number in ("1", "2", "3", "9", "x")] == [20, 20, 5, 5, 20]


# The bell


def bell(client, address="/en/notifications/") -> tuple[str, str]:
    """Return what a screen reader says of the bell, and the number that is seen."""
    found = page(client.get(address)).select_one("header .bell")
    number = found.select_one(".bell__number")
    return found.select_one(".sr").text, "" if number.has_attr("hidden") else number.text


@pytest.mark.parametrize(
    ("count", "words", "number"),
    [
        (0, "Notifications", ""),
        (1, "Notifications, 1 not read", "1"),
        (99, "Notifications, 99 not read", "99"),
        (150, "Notifications, more than 99 not read", "99+"),
    ],
)
def test_the_bell_says_how_many_are_unread(as_person, owner, count, words, number):
    Notification.objects.bulk_create([Notification(user=owner, kind="inbox_news") for _ in range(count)])
    assert bell(as_person(owner), "/en/dashboard/") == (words, number)


def test_the_bell_costs_no_query_and_is_everybodys_own(as_person, owner, other_user, told):
    told(owner)
    mine, theirs = as_person(owner), as_person(other_user)
    for client in (mine, theirs):
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/account/reauthenticate/")
        assert len(queries) == 2  # the session and the person
    assert bell(mine, "/en/account/reauthenticate/")[1] == "1"
    assert bell(theirs, "/en/account/reauthenticate/")[1] == ""


@pytest.mark.parametrize("address", ["/en/", "/en/about/", "/en/account/login/"])
def test_whoever_is_not_signed_in_has_no_bell(as_person, address):
    assert not page(as_person(None).get(address)).select(".bell")


def test_before_the_second_factor_there_is_no_bell(as_person, unrelated_psychologist, told):
    told(unrelated_psychologist)
    half = as_person(unrelated_psychologist, verified=False)
    assert not page(half.get("/en/account/factors/", follow=True)).select(".bell")
    assert bell(as_person(unrelated_psychologist))[1] == "1"


def test_who_lacks_a_consent_has_no_bell(as_person, owner, told):
    told(owner)
    client = as_person(owner)
    type(owner).objects.filter(pk=owner.pk).update(agreed_version="")
    assert not page(client.get("/en/dashboard/", follow=True)).select(".bell")
