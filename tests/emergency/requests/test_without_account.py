"""Without an account: this browser has the request, a code opens it elsewhere once, and leaving ends it here."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from emergency.choices import State
from emergency.models import HelpRequest
from emergency.requests import codes, flood
from tests.support.html import errors, page, said, text_of, typed
from tests.support.urgent import open_for, take_by

pytestmark = pytest.mark.django_db
ASK, BACK = "/en/urgent-help/ask/", "/en/urgent-help/come-back/"


def asked(**sent) -> tuple[Client, str]:
    browser = Client()
    return browser, browser.post(ASK, {"form_key": uuid.uuid4()} | sent).url


def code_on(answer) -> str:
    found = page(answer).select_one("#code code")
    return text_of(found) if found else ""


def test_it_is_opened_in_this_browser_and_its_code_is_shown_once():
    browser, place = asked(words="қиын")
    code = code_on(browser.get(place))
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert code_on(browser.get(place)) == ""
    assert Client().get(place).status_code == 404
    request = HelpRequest.objects.get()
    assert request.user is None
    assert code.replace("-", "") not in request.code


def test_the_code_opens_it_elsewhere_once_with_a_new_code_and_here_no_more():
    browser, place = asked()
    code = code_on(browser.get(place))
    other = Client()
    opened = other.post(BACK, {"code": code.lower().replace("-", " ")}, follow=True)
    assert opened.redirect_chain[-1][0] == place
    assert code_on(opened) not in {"", code}
    assert browser.get(place).status_code == 404
    again = Client().post(BACK, {"code": code})
    wrong = Client().post(BACK, {"code": "AAAA-AAAA-AAAA"})
    senseless = Client().post(BACK, {"code": "?"})
    assert errors(again, "code") == errors(wrong, "code") == errors(senseless, "code") != ""


def test_a_new_code_takes_the_place_of_one_that_was_lost():
    browser, place = asked()
    lost = code_on(browser.get(place))
    new = code_on(browser.post(f"{place}code/", follow=True))
    assert new not in {"", lost}
    assert "code" in errors(Client().post(BACK, {"code": lost}), "code")
    assert Client().post(BACK, {"code": new}).url == place


def test_codes_are_tried_only_so_often_and_asking_is_not_counted_with_them(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"come_back": "2/h/ip"}
    cache.clear()
    answers = [Client().post(BACK, {"code": "AAAA-AAAA-AAAA"}).status_code for _try in range(3)]
    assert answers == [200, 200, 429]
    assert Client().post(ASK).status_code == 302


def test_leaving_quickly_ends_it_in_this_browser():
    browser, place = asked()
    browser.get(place)
    browser.post("/exit/")
    assert browser.get(place).status_code == 404
    assert HelpRequest.objects.get().state == State.OPEN


def test_where_it_is_not_open_the_page_says_how_to_come_back_whether_it_exists_or_not():
    place = asked()[1]
    nowhere = f"/en/urgent-help/request/{uuid.uuid4()}/"
    pages = [page(Client().get(where)).main for where in (place, nowhere)]
    assert text_of(pages[0]) == text_of(pages[1])
    links = [link["href"] for link in pages[0].select(".go a")]
    assert BACK in links
    assert f"/en/account/login/?next={place}" in links


def test_a_double_press_of_a_browser_without_a_session_is_one_request():
    key = uuid.uuid4()
    first, second = Client(), Client()  # two requests on their way at once: neither has the other's cookie
    places = {browser.post(ASK, {"form_key": key}).url for browser in (first, second)}
    assert len(places) == 1
    assert code_on(first.get(*places)) == code_on(second.get(*places)) != ""


def test_whoever_finds_the_old_form_on_a_shared_computer_gets_a_request_of_their_own():
    key = uuid.uuid4()
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False) as clock:
        theirs = Client().post(ASK, {"form_key": key}).url
        clock.shift(timedelta(minutes=2))
        assert Client().post(ASK, {"form_key": key}).url != theirs


def test_somebody_without_an_account_writes_and_is_answered(unrelated_psychologist):
    browser, place = asked()
    request = HelpRequest.objects.get()
    take_by(request, unrelated_psychologist)
    answer = browser.post(place, {"words": "Мен осындамын", "form_key": uuid.uuid4()}, follow=True)
    assert said(answer) == ["success: Your words are sent."]
    assert text_of(page(answer).select_one("#thread li h3")).startswith("You,")
    browser.post(f"{place}end/")
    assert request.follow_ups.get().user is None
    assert page(browser.get(place)).select_one("#write")


def test_the_page_says_that_no_name_is_seen():
    browser, place = asked()
    assert "not who you are" in text_of(page(Client().get(ASK)).main)
    assert "They do not know who you are." in text_of(page(browser.get(place)).select_one("#said"))


def test_a_key_that_was_made_earlier_opens_still_after_the_secret_has_changed(settings):
    browser, place = asked()
    code = code_on(browser.get(place))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-that-is-long-enough-for-a-test-of-rotation"
    assert Client().post(BACK, {"code": code}).url == place


# A flood


def test_hundreds_from_one_address_never_close_the_way_to_help(monkeypatch):
    monkeypatch.setattr(flood, "MANY_OPEN", 3)
    monkeypatch.setattr(flood, "MOST", 3)
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False) as clock:
        for _press in range(3):
            assert Client().post(ASK).status_code == 302
        crowded = Client().get(ASK)
        assert page(crowded).select_one("[data-module=proof]")
        answers = [Client().post(ASK, {"words": "kept"}) for _press in range(2)]
        assert [answer.status_code for answer in answers] == [302, 200]
        refused = page(answers[1])
        assert "once more in a moment" in text_of(refused.select_one(".error-summary"))
        assert refused.select_one("main a[href='tel:112']")
        assert typed(answers[1], "words") == "kept"
        elsewhere = Client(REMOTE_ADDR="203.0.113.9")
        assert elsewhere.post(ASK).status_code == 302
        clock.shift(timedelta(seconds=21))
        assert Client().post(ASK).status_code == 302


def test_somebody_with_an_account_is_never_counted(monkeypatch, as_person, owner):
    monkeypatch.setattr(flood, "MANY_OPEN", 0)
    monkeypatch.setattr(flood, "MOST", 0)
    browser = as_person(owner)
    assert not page(browser.get(ASK)).select_one("main [data-module=proof]")
    assert browser.post(ASK).status_code == 302


def test_codes_have_only_letters_that_nobody_takes_for_others():
    code = codes.of_form(uuid.uuid4())
    assert not set(code) & set("ILOU")
    assert codes.digests(codes.written(code))[0] == codes.digest(code)
    assert open_for(None, code=codes.digest(code)).code == codes.digest(code)


def test_whoever_signs_in_afterwards_in_the_same_browser_has_their_own_and_not_that_one(client, owner):
    place = client.post("/en/urgent-help/ask/").url
    assert client.get(place).status_code == 200
    client.force_login(owner, backend="notifications.backends.AuthenticationBackend")
    assert client.get(place).status_code == 404
    theirs = client.post("/en/urgent-help/ask/").url
    assert HelpRequest.objects.get(user=owner).public_id.hex in theirs.replace("-", "")
