"""Adding devices and taking them away: only own ones, only real ones, only to push services."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as installed
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.choices import EventKind
from accounts.models import JournalEntry
from accounts.signin.idle import SHARED
from emocare import push_services
from notifications.models import PushSubscription
from notifications.push import keys, services
from tests.support.html import page
from tests.support.push import ADDRESS, Device, add

pytestmark = pytest.mark.django_db
HOSTS = ["https://fcm.googleapis.com/fcm/send/a:b_c-d", "https://web.push.apple.com/Qabc"]
HOSTS += [
    "https://updates.push.services.mozilla.com/wpush/v2/gAAA=",
    "https://wns2-par02p.notify.windows.com/w/?token=A%2b",
]
FOREIGN = [
    "http://fcm.googleapis.com/fcm/send/a",
    "https://fcm.googleapis.com:8443/a",
    "https://fcm.googleapis.com@127.0.0.1/a",
    "https://fcm.googleapis.com\\@127.0.0.1/a",
    "https://127.0.0.1/a",
    "https://[::1]/a",
    "https://localhost/a",
    "https://169.254.169.254/latest/meta-data/",
    "https://database/a",
    "https://fcm.googleapis.com.evil.example/a",
    "https://evilnotify.windows.com/a",
    "https://notify.windows.com.evil.example/a",
    "https://notify.windows.com/a",
    "https://fcm.googleapis.com/a\r\nHost: evil.example",
    "https://FCM.googleapis.com/a",
    "https://fcm.googleapis.com/ә",
    "file:///etc/passwd",
    "https://fcm.googleapis.com/" + "a" * 3000,
]


def devices() -> list[PushSubscription]:
    return list(PushSubscription.objects.order_by("pk"))


@pytest.mark.parametrize("address", HOSTS)
def test_a_device_of_each_of_the_services_is_added_and_stored_encrypted(as_person, owner, address):
    answer = add(as_person(owner), Device(address))
    assert answer.status_code == 201
    [device] = devices()
    assert (device.user, device.endpoint) == (owner, address)
    raw = PushSubscription.objects.extra(select={"sealed": "endpoint || keys"}).values_list("sealed", flat=True).get()
    assert address.encode() not in bytes(raw)
    assert JournalEntry.objects.filter(kind=EventKind.PUSH_ON, subject=owner.journal_key).count() == 1


def test_the_server_sends_to_nobody_but_push_services(as_person, owner):
    browser = as_person(owner)
    answers = [add(browser, Device(address)) for address in FOREIGN]
    assert {answer.status_code for answer in answers} == {400}
    assert devices() == []
    assert not any(push_services.is_one(address, installed.PUSH_SERVICES) for address in FOREIGN)


def test_keys_that_are_none_are_refused(as_person, owner):
    browser, real = as_person(owner), Device(HOSTS[0]).subscription()
    off_the_curve = keys.to_text(b"\x04" + b"\x01" * 64)
    compressed = keys.to_text(b"\x02" + keys.to_bytes(real["keys"]["p256dh"])[1:33])
    wrong = [{"p256dh": off_the_curve}, {"p256dh": compressed}, {"p256dh": "ә"}, {"p256dh": ""}, {"p256dh": "A" * 5000}]
    wrong += [{"auth": "AAAA"}, {"auth": "A" * 40}, {"auth": "\0" * 22}, {"auth": None}, {"auth": {"a": 1}}]
    answers = [add(browser, real | {"keys": real["keys"] | values}) for values in wrong]
    assert {answer.status_code for answer in answers} == {400}
    assert "error" in answers[0].json()
    assert devices() == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"[" * 4000, b"{}" + b" " * 9000, b"\xff\x00"])
def test_what_is_no_subscription_is_refused_in_words(as_person, owner, body):
    answer = add(as_person(owner), body)
    assert answer.status_code == 400
    with translation.override("kk"):
        assert answer.json() == {"error": translation.gettext(str(answer.json()["error"]))}


def test_nobody_adds_a_device_without_signing_in_or_the_pages_own_token(as_person, owner):
    assert add(as_person(None), Device(HOSTS[0])).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_person(owner).cookies
    assert add(strict, Device(HOSTS[0])).status_code == 403
    token = strict.get(reverse("push_key")).json()["token"]
    assert add(strict, Device(HOSTS[0]), **{"X-CSRFToken": token}).status_code == 201


def test_on_a_shared_computer_nothing_is_offered_and_nothing_taken(as_person, owner):
    browser = as_person(owner)
    session = browser.session
    session[SHARED] = True
    session.save()
    owner.sign_ins.update(shared=True)
    assert not page(browser.get(ADDRESS)).select("[data-module=push]")
    assert add(browser, Device(HOSTS[0])).status_code == 403
    assert devices() == []


def test_the_same_browser_again_is_the_same_device(as_person, owner):
    browser, device = as_person(owner), Device(HOSTS[0])
    for _again in range(3):
        add(browser, device)
    assert len(devices()) == 1
    assert JournalEntry.objects.filter(kind=EventKind.PUSH_ON).count() == 1


def test_a_browser_that_asks_anew_is_still_one_device(as_person, owner):
    browser = as_person(owner)
    for address in HOSTS:
        add(browser, Device(address))
    assert [row.endpoint for row in devices()] == HOSTS[-1:]


def test_a_browser_that_another_person_uses_now_is_theirs_alone(as_person, owner, other_user):
    device = Device(HOSTS[0])
    add(as_person(owner), device)
    add(as_person(other_user), device)
    assert [row.user for row in devices()] == [other_user]


def test_of_a_thousand_devices_of_one_person_ten_stay(as_person, owner, django_assert_max_num_queries):
    browser, device = as_person(owner), Device("")
    owner.sign_ins.update(browser=None)
    sign_in = owner.sign_ins.get()
    many = [PushSubscription(user=owner, sign_in=sign_in, digest=n.to_bytes(32, "big")) for n in range(960)]
    PushSubscription.objects.bulk_create(many)
    given = {"user": owner, "sign_in": sign_in, "p256dh": "", "auth": ""}
    with django_assert_max_num_queries(30):
        services.subscribe(endpoint="https://push.example/", **given)
    assert len(devices()) == installed.PUSH_DEVICES
    answers = [add(browser, device.subscription(endpoint=f"{HOSTS[0]}{n}")).status_code for n in range(40)]
    assert (answers.count(201), answers.count(429)) == (30, 10)
    assert [row.endpoint for row in devices()] == [f"{HOSTS[0]}{n}" for n in range(20, 30)]


def test_the_list_names_devices_and_costs_the_same_for_ten(as_person, owner):
    browser, costs = as_person(owner), []
    owner.sign_ins.update(device="Firefox, Android", browser=None)
    for n in range(10):
        add(browser, Device(f"{HOSTS[0]}{n}"))
        if n in {0, 9}:
            with CaptureQueriesContext(connection) as asked:
                shown = page(browser.get(ADDRESS)).select("[data-digest]")
            costs.append(len(asked))
    assert costs[0] == costs[1]
    assert len(shown) == 10
    assert "Firefox, Android" in shown[0].text
    assert shown[0]["data-digest"] == services.digest(f"{HOSTS[0]}9").hex()


def test_a_device_is_stopped_without_scripts_and_only_by_its_person(as_person, owner, other_user):
    browser = as_person(owner)
    add(browser, Device(HOSTS[0]))
    [device] = devices()
    for name in ("stop_device", "try_device"):
        for wrong in (device.public_id, uuid.uuid4()):
            assert as_person(other_user).post(reverse(name, args=[wrong])).status_code == 404
    form = page(browser.get(ADDRESS)).select_one("form[data-stop]")
    assert browser.post(form["action"]).status_code == 302
    assert devices() == []
    assert browser.post(form["action"]).status_code == 404
    assert JournalEntry.objects.filter(kind=EventKind.PUSH_OFF, subject=owner.journal_key).exists()


def test_a_browser_whose_address_changed_by_itself_stays_the_device_it_was(as_person, owner):
    browser, device = as_person(owner), Device(HOSTS[0])
    with time_machine.travel(timezone.now() - timedelta(days=3), tick=False):
        since = timezone.now()
        add(browser, device)
    moved = device.subscription(endpoint=HOSTS[1], replaces=HOSTS[0])
    assert add(browser, moved).status_code == 200
    assert [(row.endpoint, row.made_at) for row in devices()] == [(HOSTS[1], since)]


def test_what_was_never_added_does_not_add_itself(as_person, owner, other_user):
    add(as_person(other_user), Device(HOSTS[0]))
    moved = Device(HOSTS[1]).subscription(replaces=HOSTS[0])
    assert add(as_person(owner), moved).status_code == 400
    assert [row.user for row in devices()] == [other_user]
