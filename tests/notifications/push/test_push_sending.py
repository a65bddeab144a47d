"""From a piece of news to a screen: once, readable by that browser alone, saying nothing, only while it is wanted."""

import json
from datetime import timedelta
from threading import Event

import psycopg
import pytest
import time_machine
from django.conf import settings as installed
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import SignIn
from accounts.signin import services as signin
from emocare.notices import NEWS, Kind
from emocare.notices import News as Sentence
from notifications.choices import Channel, State
from notifications.kinds import table
from notifications.models import Delivery, Notification, PushSubscription
from notifications.push import posting, sending
from notifications.services import notify
from tests.support.background import waiting, work
from tests.support.cast import PASSWORD
from tests.support.ports import free_port
from tests.support.push import ADDRESS, add

pytestmark = pytest.mark.django_db
TASK = "notifications.deliver_push"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch) -> None:
    what = {"said": Sentence("Айгүл сізге жазды", "dashboard")}
    monkeypatch.setitem(table(), "note", Kind("note", "Хат", what, lasts=timedelta(hours=6)))
    monkeypatch.setitem(table(), "danger", Kind("danger", "Қауіп", what, safety=True))


def tell(person, kind: str = "note") -> None:
    notify(person, kind, {"what": "said"})
    work(TASK)


def states() -> list[str]:
    return list(Delivery.objects.filter(channel=Channel.PUSH).order_by("pk").values_list("state", flat=True))


def test_news_reach_the_screen_once_and_say_nothing_of_what_they_are(phone, push_service, owner):
    phone()
    tell(owner)
    sending.deliver(Delivery.objects.get(channel=Channel.PUSH).pk)
    [received] = push_service.received
    news = Notification.objects.get()
    with translation.override(owner.language):
        assert received.message == {"words": str(NEWS), "tag": str(news.public_id), "language": owner.language}
    assert states() == [State.SENT]
    assert PushSubscription.objects.get().sent_at


def test_the_push_service_learns_nothing_from_what_passes_through_it(phone, push_service, owner):
    phone()
    with time_machine.travel(timezone.now(), tick=False):
        tell(owner)
        tell(owner, "danger")
    usual, danger = push_service.received
    assert len(usual.body) == len(danger.body)
    assert "Айгүл" not in usual.body.decode(errors="replace")
    assert (usual.headers["ttl"], usual.headers["urgency"]) == (str(6 * 3600), "normal")
    assert (danger.headers["ttl"], danger.headers["urgency"]) == (str(24 * 3600), "high")
    assert usual.headers["topic"] == Notification.objects.get(kind="note").public_id.hex
    assert "cookie" not in usual.headers


def test_one_that_was_sent_but_not_written_down_takes_the_place_of_the_first(phone, push_service, owner):
    phone()
    tell(owner)
    Delivery.objects.update(state=State.WAITING, ended_at=None)
    sending.deliver(Delivery.objects.get(channel=Channel.PUSH).pk)
    first, second = push_service.received
    assert first.message["tag"] == second.message["tag"]
    assert first.headers["topic"] == second.headers["topic"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_taken_off_the_list(phone, push_service, owner, status):
    phone()
    phone(path="/send/laptop")
    push_service.answers["/send/phone"] = (status, {})
    tell(owner)
    assert [row.path for row in push_service.received] == ["/send/laptop"]
    assert owner.push_subscriptions.count() == 1
    tell(owner)
    assert push_service.asked.count("/send/phone") == 1


SOON = 5  # seconds, the first of the growing pauses
ASKED = [
    ("120", 120),
    ("Fri, 20 Nov 2026 10:30:00 GMT", 1800),
    ("100000000", 6 * 3600),
    ("2026-11-23", SOON),
    ("-1", SOON),
]


@pytest.mark.parametrize(("asked", "seconds"), ASKED)
def test_a_service_that_is_busy_is_asked_again_when_it_says(phone, push_service, owner, asked, seconds):
    with time_machine.travel("2026-11-20 10:00Z", tick=False) as clock:
        phone()
        push_service.answers["/send/phone"] = (429, {"Retry-After": asked})
        tell(owner, "danger")
        [job] = waiting(TASK)
        assert round((job.scheduled_at - timezone.now()).total_seconds()) == seconds
        push_service.answers.clear()
        clock.move_to(job.scheduled_at)
        work(TASK)
    assert states() == [State.SENT]
    assert PushSubscription.objects.get().failing_since is None


def test_after_silence_it_is_tried_again(phone, push_service, owner, monkeypatch):
    monkeypatch.setattr(posting, "TIMEOUT", (1, 0.1))
    phone()
    push_service.held["/send/phone"] = Event()
    tell(owner)
    assert (states(), len(waiting(TASK))) == ([State.WAITING], 1)
    assert PushSubscription.objects.get().failing_since


def test_a_service_that_is_silent_keeps_no_other_message_waiting_but_is_asked_about_danger(
    phone, push_service, owner, monkeypatch
):
    monkeypatch.setattr(posting, "TIMEOUT", (1, 0.1))
    phone()
    push_service.held["/send/phone"] = Event()
    for kind in ("note", "note", "danger"):
        tell(owner, kind)
    assert len(push_service.asked) == 2
    assert states() == [State.WAITING] * 3


def test_where_nobody_answers_it_is_tried_again(phone, push_service, owner, settings):
    browser, device = phone()
    settings.PUSH_SERVICES = [closed := f"http://127.0.0.1:{free_port()}"]
    add(browser, device.subscription(endpoint=f"{closed}/a", replaces=device.endpoint))
    tell(owner)
    assert (states(), len(waiting(TASK))) == ([State.WAITING], 1)


def test_a_device_that_took_nothing_for_days_is_taken_off_the_list(phone, push_service, owner):
    phone()
    push_service.answers["/send/phone"] = (500, {})
    tell(owner)
    assert owner.push_subscriptions.get().failing_since
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        tell(owner)
    assert not owner.push_subscriptions.exists()


@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_what_is_refused_is_not_tried_again_and_logged_without_its_address(
    phone, push_service, owner, collector, status
):
    phone()
    push_service.answers["/send/phone"] = (status, {})
    collector.take()
    tell(owner)
    assert states() == [State.FAILED]
    said = collector.take()
    assert f"refused a message: {status}" in said
    assert "/send/" not in said


def test_nobody_leads_the_server_elsewhere(phone, push_service, owner):
    phone()
    push_service.answers["/send/phone"] = (307, {"Location": f"{push_service.origin}/inside"})
    tell(owner)
    assert push_service.asked == ["/send/phone"]
    assert states() == [State.FAILED]


def test_a_service_that_is_not_allowed_any_more_gets_nothing(phone, push_service, owner, settings):
    phone()
    settings.PUSH_SERVICES = ["push.example.org"]
    tell(owner)
    assert push_service.asked == []
    assert not owner.push_subscriptions.exists()


def test_what_was_read_or_is_old_or_has_no_key_is_dropped(phone, push_service, owner, settings):
    phone()
    notify(owner, "note", {"what": "said"})
    Notification.objects.update(read_at=timezone.now())
    notify(owner, "note", {"what": "said"})
    with time_machine.travel(timezone.now() + timedelta(hours=7)):
        work(TASK)
    settings.VAPID_PRIVATE_KEY = ""
    tell(owner)
    assert states() == [State.DROPPED] * 3
    assert push_service.asked == []
    assert owner.push_subscriptions.count() == 1


# Whose the device is


def signed_out(browser, owner) -> None:
    browser.post("/kk/account/logout/")


def left_quickly(browser, owner) -> None:
    browser.post("/exit/")


def ended_elsewhere(browser, owner) -> None:
    signin.sign_out_there(user=owner, sign_in=owner.sign_ins.get())


def ended_everywhere(browser, owner) -> None:
    signin.sign_out_everywhere(user=owner)


def closed(browser, owner) -> None:
    owner.is_active = False
    owner.save(update_fields=["is_active"])


@pytest.mark.parametrize("end", [signed_out, left_quickly, ended_elsewhere, ended_everywhere, closed])
def test_where_somebody_is_signed_out_the_device_is_silent(phone, push_service, owner, end):
    browser, _device = phone()
    end(browser, owner)
    tell(owner)
    assert push_service.asked == []
    assert not PushSubscription.objects.exists()


def idle_out(browser, owner) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=installed.IDLE_MINUTES["user"] + 1)):
        assert browser.get("/kk/dashboard/").status_code == 302
    assert SESSION_KEY not in browser.session
    assert owner.sign_ins.get().by_itself


def test_being_signed_out_for_doing_nothing_keeps_reminders_coming(phone, push_service, owner):
    browser, _device = phone()
    idle_out(browser, owner)
    tell(owner)
    assert len(push_service.received) == 1


@pytest.mark.parametrize("end", [ended_everywhere, lambda browser, owner: signin.new_password(user=owner)])
def test_after_doing_nothing_too_signing_out_everywhere_ends_it(phone, push_service, owner, end):
    browser, _device = phone()
    idle_out(browser, owner)
    end(browser, owner)
    tell(owner)
    assert push_service.asked == []


def through_the_form(client, person) -> None:
    given = {"login": person.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), given).status_code == 302


@pytest.fixture
def own_phone(client, owner, push_service):
    through_the_form(client, owner)
    assert add(client, push_service.device()).status_code == 201
    idle_out(client, owner)
    return client


def test_signing_out_after_signing_in_again_in_the_same_browser_ends_it(own_phone, push_service, owner):
    through_the_form(own_phone, owner)
    tell(owner)
    own_phone.post("/kk/account/logout/")
    tell(owner)
    assert len(push_service.received) == 1
    assert "data-digest" not in own_phone.get(ADDRESS).content.decode()


def test_a_new_password_in_the_same_browser_leaves_its_device_alone(own_phone, push_service, owner):
    through_the_form(own_phone, owner)
    keep = own_phone.session[signin.SIGN_IN]
    signin.end_sessions(owner, signin.others(owner, keep))
    tell(owner)
    assert len(push_service.received) == 1


def test_another_person_who_signs_in_there_sees_nothing_of_the_first(own_phone, push_service, owner, other_user):
    through_the_form(own_phone, other_user)
    tell(owner)
    assert push_service.asked == []


# A trial


def test_a_trial_message_comes_to_that_device_alone(phone, push_service, owner):
    browser, _device = phone()
    phone(path="/send/laptop")
    oldest = owner.push_subscriptions.order_by("pk")[0]
    assert browser.post(reverse("try_device", args=[oldest.public_id])).status_code == 302
    work()
    [received] = push_service.received
    assert (received.path, received.message["tag"]) == ("/send/phone", "trial")


# PostgreSQL goes away in between


@pytest.mark.django_db(transaction=True)
def test_a_message_that_was_taken_while_the_database_went_away_is_written_down(owner, push_service):
    device = push_service.device()
    given = {"user": owner, "way": "password", "session": b"7"}
    subscription = PushSubscription.objects.create(
        user=owner,
        sign_in=SignIn.objects.create(**given),
        digest=b"7",
        endpoint=device.endpoint,
        keys=json.dumps(device.subscription()["keys"]),
    )
    news = Notification.objects.create(user=owner, kind="note", data="{}")
    delivery = Delivery.objects.create(notification=news, channel=Channel.PUSH, subscription=subscription)
    with connection.cursor() as cursor:
        server = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
    with psycopg.connect(installed.DATABASE_URL, autocommit=True) as another:
        push_service.meanwhile = lambda: another.execute("SELECT pg_terminate_backend(%s)", [server])
        sending.deliver(delivery.pk)
    assert states() == [State.SENT]
    assert len(push_service.received) == 1
