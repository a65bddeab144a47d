"""A legal representative agrees, refuses, takes it back; links that are guessed, old or used."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.choices import EventKind, Purpose
from accounts.consents import VERSIONS
from accounts.kin import links
from accounts.models import GuardianConsent, GuardianRequest, User
from tests.accounts.kin.support import CONSENT, agree, at, child_of, first_of, guardian_link, paths_in
from tests.accounts.support import at_once, phrase, title
from tests.accounts.test_sign_up_anonymously import whole_database
from tests.support.cast import make_person
from tests.support.html import errors, said, summary, text_of, typed
from tests.support.html import page as parsed
from tests.support.journal import kinds

pytestmark = pytest.mark.django_db
WAIT, GONE = "/kk/account/guardian/", "This link does not work any more"
DASHBOARD = "/kk/dashboard/"
with_letters = pytest.mark.django_db(transaction=True)  # letters leave once what they are about is stored


@at()
def test_the_consent_opens_everything_and_is_recorded_with_text_language_and_way(client):
    child = child_of(client)
    link = guardian_link(client)
    assert client.get(DASHBOARD).url == WAIT
    thanked = agree(link.replace("/kk/", "/ru/"))
    assert title(thanked) == phrase("Thank you, your consent is kept", "ru")
    consent = GuardianConsent.objects.get()
    assert (consent.child, consent.name, consent.relation) == (child, CONSENT["name"], "mother")
    assert (consent.contact, consent.language, consent.way) == (CONSENT["contact"], "ru", "link")
    assert consent.version == VERSIONS[Purpose.CHILD]
    assert client.get(DASHBOARD).status_code == 200
    assert sorted(kinds(child)) == [EventKind.GUARDIAN_CONSENTED]
    assert client.get(WAIT).url == DASHBOARD


@at()
def test_neither_name_nor_contact_nor_the_code_can_be_read_in_the_database(client):
    child_of(client)
    link = guardian_link(client)
    agree(link)
    stored = whole_database()
    for secret in (CONSENT["name"], CONSENT["contact"], link.split("/")[-2], link.split("/")[-2].replace("-", "")):
        assert secret not in stored
        assert secret.encode().hex() not in stored


@with_letters
@at()
def test_a_letter_goes_to_the_address_that_the_child_gives_and_says_nothing_of_the_child(client, letters):
    child_of(client)
    assert said(client.post(WAIT, {"email": "Ana@Example.kz"}, follow=True))
    (letter,) = letters
    assert letter["X-To"] == "ana@example.kz"
    assert "балапан" not in letter.get_content().lower()
    (link,) = paths_in(letter)
    assert typed(Client().get(link), "contact") == "ana@example.kz"
    assert GuardianRequest.objects.get().address == "ana@example.kz"
    agree(link)
    assert GuardianConsent.objects.get().way == "letter"


@at()
def test_of_a_representative_who_refuses_nothing_is_kept(client, letters):
    child = child_of(client)
    code = links.new_code()
    asked = {"digest": links.digest("guardian", code), "way": "letter", "address": "ana@example.kz"}
    GuardianRequest.objects.create(child=child, expires_at=timezone.now() + timedelta(days=14), **asked)
    Client().post(f"/kk/guardian/{code}/refuse/")
    request = GuardianRequest.objects.get()
    assert (request.answer, request.address) == ("refused", "")


@with_letters
@at()
def test_the_representative_gets_a_letter_and_a_page_with_the_way_back(client, letters):
    child = child_of(client)
    thanked = agree(guardian_link(client))
    (way_back,) = paths_in(letters[0])
    assert letters[0]["X-To"] == CONSENT["contact"]
    assert way_back in text_of(parsed(thanked).select_one(".codes"))
    assert title(Client().get(way_back)) == phrase("Take your consent back")
    assert client.get(DASHBOARD).status_code == 200
    assert title(Client().post(way_back, follow=True)) == phrase("Your consent is taken back")
    assert client.get(DASHBOARD).url == WAIT
    assert title(Client().post(way_back, follow=True)) == phrase("Your consent is taken back")
    assert sorted(kinds(child)) == [EventKind.GUARDIAN_CONSENTED, EventKind.GUARDIAN_WITHDREW]


@with_letters
def test_the_way_back_does_not_grow_old_but_ends_with_the_childs_own_consent(client, letters):
    with at():
        child = child_of(client)
        agree(guardian_link(client))
    (way_back,) = paths_in(letters[0])
    with at("2028-07-01 10:00 +0500"):
        client.force_login(child, backend="notifications.backends.AuthenticationBackend")
        client.post("/kk/account/own-consent/", {"consent": "on"})
        assert not parsed(Client().get(way_back)).select("main form")
        Client().post(way_back)
        assert client.get(DASHBOARD).status_code == 200


@at()
def test_after_a_no_the_account_stays_closed_and_the_child_is_told_kindly_and_can_ask_again(client):
    child = child_of(client)
    link = guardian_link(client)
    assert Client().get(f"{link}refuse/").status_code == 200
    assert title(Client().post(f"{link}refuse/")) == phrase("Your answer is kept")
    shown = client.get(DASHBOARD, follow=True).content.decode()
    assert phrase("Urgent help: numbers to call, and breathing") in shown
    assert parsed(client.get(WAIT)).select_one("main .notice")
    assert sorted(kinds(child)) == [EventKind.GUARDIAN_REFUSED]
    agree(guardian_link(client))
    assert client.get(DASHBOARD).status_code == 200


@with_letters
@at()
def test_a_child_with_an_address_gets_letters_about_the_answers(letters):
    child = make_person("bala", sixteen_from=first_of("2028-06"))
    client = Client()
    client.force_login(User.objects.get(pk=child.pk), backend="notifications.backends.AuthenticationBackend")
    Client().post(f"{guardian_link(client)}refuse/")
    agree(guardian_link(client), contact="+7 701 123 45 67")
    assert [letter["X-To"] for letter in letters] == ["bala@example.kz"] * 2
    assert [paths_in(letter) for letter in letters] == [[WAIT], [DASHBOARD]]


@at()
@pytest.mark.parametrize("path", ["AAAA-BBBB-CCCC-DDDD/", "x/", "%00/", "ж" * 300 + "/", "AAAA/refuse/"])
def test_a_guessed_code_leads_to_the_page_that_says_so(path):
    for method in ("get", "post"):
        answer = getattr(Client(), method)(f"/kk/guardian/{path}")
        assert (answer.status_code, title(answer)) == (404, phrase(GONE))


@at()
@pytest.mark.parametrize("token", ["x", "x:y", "00000000000000000000000000000000:AAAA"])
def test_a_forged_way_back_is_no_page(token):
    assert Client().post(f"/kk/guardian/withdraw/{token}/").status_code == 404


def test_a_link_grows_old_after_fourteen_days(client):
    with at():
        child_of(client)
        link = guardian_link(client)
    with at("2026-12-07 11:59 +0500"):
        assert Client().get(link).status_code == 200
    with at("2026-12-07 12:00 +0500"):
        assert title(agree(link)) == phrase(GONE)
    assert not GuardianConsent.objects.exists()


@at()
def test_a_link_works_once_and_an_answer_closes_the_others(client):
    child_of(client)
    used, other = guardian_link(client), guardian_link(client)
    agree(used)
    for link in (used, other, f"{other}refuse/"):
        assert title(agree(link)) == phrase(GONE)
    assert GuardianConsent.objects.count() == 1


@at()
def test_beyond_three_open_links_the_oldest_is_closed(client):
    child_of(client)
    links = [guardian_link(client) for _ in range(4)]
    assert [Client().get(link).status_code for link in links] == [404, 200, 200, 200]


@pytest.mark.django_db(transaction=True)
def test_of_two_representatives_who_answer_at_once_one_is_recorded(client):
    child_of(client)
    links = [guardian_link(client), guardian_link(client)]
    answers = at_once(*(lambda link=link: agree(link) for link in links))
    assert sorted(answer.status_code for answer in answers) == [200, 404]
    assert GuardianConsent.objects.count() == 1


@at()
def test_a_child_cannot_answer_in_their_own_browser(client):
    child_of(client)
    link = guardian_link(client)
    assert title(client.post(link, CONSENT)) == phrase("This link is for your legal representative")
    assert not GuardianConsent.objects.exists()


@at()
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a\0b"),
        ("name", "ә" * 101),
        ("relation", ""),
        ("relation", "neighbour"),
        ("contact", ""),
        ("contact", "somewhere"),
        ("contact", "a@b"),
        ("contact", "7" * 300),
        ("is_representative", ""),
        ("agrees", ""),
    ],
)
def test_an_answer_that_is_not_complete_is_refused_beside_its_field_and_keeps_the_rest(client, field, value):
    child_of(client)
    answer = agree(guardian_link(client), **{field: value})
    assert errors(answer, field)
    assert summary(answer)
    assert field == "name" or typed(answer, "name") == CONSENT["name"]
    assert not GuardianConsent.objects.exists()


@at()
@pytest.mark.parametrize("email", ["", "nobody", "a\0@example.kz", f"{'a' * 250}@example.kz"])
def test_a_bad_address_of_a_representative_is_refused_beside_its_field(client, letters, email):
    child_of(client)
    assert errors(client.post(WAIT, {"email": email}), "email")
    assert not letters


@at()
def test_the_childs_own_address_is_not_that_of_a_representative(as_person):
    child = make_person("bala", sixteen_from=first_of("2028-06"))
    answer = as_person(User.objects.get(pk=child.pk)).post(WAIT, {"email": "BALA@example.kz"})
    told = "This is your own address. Give that of your mother, father or other legal representative."
    assert errors(answer, "email") == phrase(told)


@at()
def test_ten_questions_a_day_are_enough(client):
    child_of(client)
    statuses = [client.post("/kk/account/guardian/link/").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


@at()
def test_a_blocked_child_is_asked_about_no_more(client):
    child = child_of(client)
    link = guardian_link(client)
    User.objects.filter(pk=child.pk).update(is_active=False)
    assert agree(link).status_code == 404


@at()
def test_an_administrator_sees_whom_to_ask_and_cannot_change_it(client, admin):
    child = child_of(client)
    agree(guardian_link(client))
    office = Client()
    office.force_login(admin, backend="notifications.backends.AuthenticationBackend")
    session = office.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.create(user=admin, name="1").persistent_id
    session.save()
    shown = office.get(f"/admin/accounts/user/{child.pk}/change/").content.decode()
    assert CONSENT["name"] in shown
    assert CONSENT["contact"] in shown
