"""What is kept of a consent is the text that was shown, and a text does not change without a new version."""

import hashlib
import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.choices import Purpose
from accounts.consents import VERSIONS, digests, giving
from accounts.erasure import services as erasure
from accounts.models import ConsentText, GuardianConsent, User
from tests.accounts.kin.support import agree, at, child_of, guardian_link
from tests.support.cast import PASSWORD
from tests.support.html import page, text_of

pytestmark = pytest.mark.django_db
SIGN_UP = {"nickname": "Dala", "password": PASSWORD, "age": "adult", "consent": "on"}


def sign_up(language: str) -> User:
    Client().post(f"/{language}/account/sign-up/anonymous/", SIGN_UP | {"nickname": f"dala-{language}"})
    return User.objects.get(username=f"dala-{language}")


def words_of(text: str) -> set[str]:
    return set(text.replace("|", " ").replace("–", " ").split())


def test_no_text_says_anything_else_than_its_version_did():
    assert digests.known(), "run `manage.py consent_digests`"
    changed = digests.changed(digests.known(), digests.current())
    assert not changed, digests.explained(changed)
    assert digests.current().keys() <= digests.known().keys(), "a new version: run `manage.py consent_digests`"


def test_the_command_refuses_other_words_for_a_version_that_people_agreed_to(settings, tmp_path, monkeypatch):
    file = tmp_path / "digests.json"
    monkeypatch.setattr(digests, "FILE", file)
    call_command("consent_digests")
    written = file.read_text()
    file.write_text(written.replace(next(iter(digests.known().values())), "0" * 64))
    with pytest.raises(CommandError, match="new version"):
        call_command("consent_digests")
    call_command("consent_digests", "--not-shown-yet")
    assert file.read_text() == written


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_signing_up_keeps_the_privacy_page_as_it_was_shown(settings, language):
    settings.OPERATOR = {"name": "Қамқор қоры", "contact": "qamqor@example.kz"}
    shown = page(Client().get(f"/{language}/privacy/")).main
    form = page(Client().get(f"/{language}/account/sign-up/anonymous/")).select_one("label:has([name=consent])")
    consent = sign_up(language).consents.get()
    text = consent.text
    assert (text.purpose, text.version, text.language) == (Purpose.SERVICE, VERSIONS[Purpose.SERVICE], language)
    shown.h1.extract()
    for link in shown.select("a"):
        assert text_of(link) in text.text
    assert words_of(text_of(shown)) <= words_of(text.text)
    assert text_of(form) in text.text
    assert "Қамқор қоры" in text.text
    assert "<" not in text.text


def test_a_text_that_two_people_were_shown_is_kept_once():
    sign_up("kk")
    first = ConsentText.objects.get()
    giving.give(user=User.objects.create_user(email="a@example.kz"), purpose=Purpose.SERVICE, language="kk")
    assert ConsentText.objects.get() == first
    said = "\n".join([first.purpose, first.version, first.language, first.text])
    assert bytes(first.digest) == hashlib.sha256(said.encode()).digest()


@at()
def test_what_a_legal_representative_was_shown_is_kept_with_the_day_that_it_named(client):
    child = child_of(client)
    link = guardian_link(client)
    shown = page(Client().get(link)).main
    agree(link)
    kept = GuardianConsent.objects.get(child=child).text
    assert kept.purpose == Purpose.CHILD
    for line in shown.select("section.panel label.choice--wide"):
        assert text_of(line) in kept.text
    for point in shown.select("ul li")[:10]:
        assert text_of(point) in kept.text
    assert child.consents.get().text.purpose == Purpose.SERVICE


@pytest.mark.parametrize("gone", [False, True])
def test_what_a_legal_representative_read_goes_with_the_month_that_it_names(client, gone):
    with at():
        child = child_of(client)
        agree(guardian_link(client))
    with at("2030-06-02 12:00 +0500"):
        giving.give(user=child, purpose=Purpose.SERVICE, language="kk")
        if gone:
            erasure.erase(user=child)
        call_command("daily", stdout=io.StringIO())
    left = list(GuardianConsent.objects.values_list("version", "text", "child__sixteen_from"))
    assert left == ([] if gone else [(VERSIONS[Purpose.CHILD], None, None)])
    assert not ConsentText.objects.filter(purpose=Purpose.CHILD).exists()
