"""Letters about news: that there is something new, never what; and the way to have fewer of them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from emocare.notices import Kind, News
from notifications.choices import State
from notifications.kinds import table
from notifications.mail.letters import digest
from notifications.mail.sending import deliver
from notifications.models import Delivery, Notification
from notifications.services import notify
from tests.accounts.support import phrase, subject
from tests.support.background import work

pytestmark = pytest.mark.django_db
SAYS = {"came": News("Айша wrote you something sad", "dashboard")}
KINDS = [
    Kind("letter_news", "News", SAYS),
    Kind("letter_safety", "Safety", SAYS, outside="Please look into Emocare!", safety=True),
    Kind("letter_short", "Short", SAYS, lasts=timedelta(hours=3)),
]

ONE, MANY = "There is %(count)s new thing for you in Emocare", "There are %(count)s new things for you in Emocare"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch) -> None:
    for kind in KINDS:
        monkeypatch.setitem(table(), kind.key, kind)


def tell(person, kind="letter_news") -> Delivery:
    notify(person, kind, {"what": "came"})
    return Delivery.objects.get(channel="email")


def plain(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def links(letter) -> list[str]:
    return [address.partition("//")[2].partition("/")[2] for address in re.findall(r"https?://\S+", plain(letter))]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_letter_says_only_that_there_is_something_in_the_language_of_its_person(owner, outbox, language):
    owner.language = language
    owner.save()
    delivery = tell(owner)
    work()
    (letter,) = outbox
    assert subject(letter) == phrase("There is something new for you in Emocare", language)
    assert "Айша" not in letter.as_string() + plain(letter) + letter.get_body(("html",)).get_content()
    inbox, stop, preferences = links(letter)
    assert (inbox, preferences) == (f"{language}/notifications/", f"{language}/notifications/preferences/")
    assert letter["Content-Language"] == language
    delivery.refresh_from_db()
    assert (delivery.state, bool(delivery.ended_at)) == (State.SENT, True)
    assert Client().get(f"/{stop}").status_code == 200


def test_one_press_in_the_mail_program_stops_letters_of_the_kind(owner, outbox):
    tell(owner)
    work()
    assert outbox[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = outbox[0]["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]
    assert path.endswith(f"/{links(outbox[0])[1].split('/', 1)[1]}")
    Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    notify(owner, "letter_news", {"what": "came"})
    work()
    assert len(outbox) == 1


def test_news_about_danger_cannot_be_stopped_and_goes_first(owner, other_user, outbox):
    notify(other_user, "letter_news", {"what": "came"})
    notify(owner, "letter_safety", {"what": "came"})
    work()
    assert subject(outbox[0]) == "Please look into Emocare!"
    assert outbox[0]["List-Unsubscribe"] is None
    assert len(links(outbox[0])) == 2


@pytest.mark.parametrize("why", ["read", "no address", "inactive", "being erased", "too late"])
def test_what_is_not_needed_any_more_is_not_written(owner, outbox, why):
    delivery = tell(owner, "letter_short")
    changes = {
        "no address": {"email": None, "username": "jel"},
        "inactive": {"is_active": False},
        "being erased": {"erasure_due_at": timezone.now()},
    }
    type(owner).objects.filter(pk=owner.pk).update(**changes.get(why, {"shown_name": "x"}))
    if why == "read":
        Notification.objects.update(read_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=4 if why == "too late" else 0)):
        work()
    delivery.refresh_from_db()
    assert (outbox, delivery.state) == ([], State.DROPPED)


def test_a_kind_that_only_the_newer_pages_know_waits_for_the_newer_worker(owner, outbox, monkeypatch):
    tell(owner)
    with monkeypatch.context() as older:
        older.delitem(table(), "letter_news")
        assert work() == ["notifications.deliver_letter"]
    assert (Delivery.objects.get(channel="email").state, outbox) == (State.WAITING, [])
    work(until=timezone.now() + timedelta(minutes=1))
    assert (Delivery.objects.get(channel="email").state, len(outbox)) == (State.SENT, 1)


def test_a_piece_of_news_whose_task_runs_twice_is_one_letter(owner, outbox):
    delivery = tell(owner)
    deliver(delivery.pk)
    deliver(delivery.pk)
    work()
    assert len(outbox) == 1


@pytest.mark.parametrize(("language", "count"), [("kk", 3), ("ru", 1), ("ru", 3), ("ru", 7), ("en", 1)])
def test_the_daily_letter_says_how_many(owner, outbox, language, count):
    owner.language = language
    digest(owner, count)
    work()
    with translation.override(language):
        said = translation.ngettext(ONE, MANY, count)
    assert subject(outbox[0]) == said % {"count": count}
    assert len(links(outbox[0])) == 3


def test_nobody_without_an_address_gets_a_daily_letter(anonymous_account, outbox):
    digest(anonymous_account, 2)
    assert work() == []
