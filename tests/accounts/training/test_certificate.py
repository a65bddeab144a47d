"""The certificate as a file, and the public page that says whether it is real."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from accounts.models import Certificate
from accounts.models.training import CODE_LETTERS
from accounts.training import services
from accounts.training.forms import printable_name
from emocare.printing import FONTS
from tests.accounts.support import phrase
from tests.support.html import errors, page, text_of, typed
from tests.support.pdf import is_for_everybody, structure
from tests.support.training import certified

NAME = "Сәуле Ерікқызы"
NOW = "2026-11-23 12:00 +0500"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def certificate(owner) -> Certificate:
    return certified(owner, NAME)


def words(response) -> str:
    (sheet,) = PdfReader(BytesIO(response.content), strict=True).pages
    return re.sub(r"\s+", " ", sheet.extract_text())


def file_of(certificate: Certificate, language: str = "kk") -> str:
    return f"/{language}/training/certificate/{certificate.public_id}.pdf"


def public(certificate: Certificate, language: str = "kk") -> str:
    return f"/{language}/certificates/{certificate}/"


# The file


@pytest.mark.parametrize(
    ("language", "issued", "until"),
    [
        ("kk", "2026 ж. 23 қараша", "2028 ж. 22 қараша"),
        ("ru", "23 ноября 2026 г.", "22 ноября 2028 г."),
        ("en", "23 November 2026", "22 November 2028"),
    ],
)
def test_the_file_says_who_what_when_and_where_to_check_it(as_person, owner, certificate, language, issued, until):
    response = as_person(owner).get(file_of(certificate, language))
    text = words(response)
    for part in (NAME, issued, until, str(certificate), f"http://testserver/{language}/certificates/{certificate}/"):
        assert part in text
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store, private"
    assert phrase("Certificate of a volunteer", language) in text


def test_a_screen_reader_finds_the_text_and_hears_where_the_square_code_leads(as_person, owner, certificate):
    content = as_person(owner).get(file_of(certificate)).content
    assert is_for_everybody(content)
    (code,) = [part for part in structure(content) if part["/S"] == "/Figure"]
    assert code["/Alt"] == f"http://testserver{public(certificate)}"


def test_the_file_calls_nobody_a_psychologist(as_person, owner, certificate):
    text = words(as_person(owner).get(file_of(certificate, "en")))
    assert "Certificate of a volunteer" in text
    assert re.findall(r"(\w+ \w+) psychologist", text) == ["not a"]


def test_a_long_name_stays_on_the_one_page(as_person, owner):
    name = "Ғайникамал Шалқарбайқызы " * 3
    text = words(as_person(owner).get(file_of(certified(owner, name.strip()))))
    assert text.count("Ғайникамал") == 3


def test_the_file_of_somebody_else_does_not_exist(as_person, certificate, other_user, admin):
    for person in (other_user, admin):
        assert as_person(person).get(file_of(certificate)).status_code == 404


def test_every_letter_of_an_allowed_name_can_be_printed():
    for weight in ("400", "700"):
        known = TTFont(FONTS / f"golos-text-{weight}.ttf").getBestCmap()
        allowed = [chr(code) for code in range(0x20, 0x3000) if printable_name.regex.match("A" + chr(code))]
        assert [letter for letter in allowed if ord(letter) not in known] == []


def test_the_name_is_encrypted_in_the_database(certificate):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM accounts_certificate")
        assert NAME.encode() not in bytes(cursor.fetchone()[0])


# The public page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_stranger_sees_that_it_is_real_and_never_whose(certificate, owner, language):
    response = Client().get(public(certificate, language))
    shown = text_of(page(response).main)
    assert phrase("Yes. This certificate is real and valid.", language) in shown
    for secret in (NAME, "Сәуле", owner.shown_name, owner.email, str(owner.public_id), str(certificate.public_id)):
        assert secret not in response.content.decode()


def test_it_says_when_the_time_is_over_or_it_was_withdrawn(certificate, admin, clock):
    clock.shift(timedelta(days=731))
    assert (
        phrase("This certificate is real, but its time is over.") in Client().get(public(certificate)).content.decode()
    )
    services.withdraw(certificate=certificate, actor=admin, reason="Құпия себеп")
    shown = Client().get(public(certificate)).content.decode()
    assert phrase("This certificate was withdrawn. It is not valid.") in shown
    assert "Құпия себеп" not in shown


def test_the_page_asks_the_database_for_the_certificate_alone_and_is_not_kept(certificate):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = Client().get(public(certificate))
    assert [re.search(r'FROM "(\w+)"', query["sql"])[1] for query in asked] == ["accounts_certificate"]
    assert "no-cache" in response.headers["Cache-Control"]
    assert response.cookies == {}
    with CaptureQueriesContext(connection) as asked:
        assert Client().get("/kk/certificates/").status_code == 200
    assert len(asked) == 0


@pytest.mark.parametrize("written", ["{0}", "{1}", " {0} ", "{2}"])
def test_a_code_is_found_however_it_is_typed(certificate, written):
    typed_code = written.format(certificate, certificate.code, str(certificate).lower().replace("-", " "))
    assert Client().get("/kk/certificates/", {"code": typed_code}).url == public(certificate)


def test_letters_that_look_the_same_are_taken_for_what_they_look_like(certificate):
    Certificate.objects.filter(pk=certificate.pk).update(code="ABCEHKMPTX01")
    cyrillic = "АВСЕНКМРТХОІ"
    assert Client().get("/kk/certificates/", {"code": cyrillic}).url == "/kk/certificates/ABCE-HKMP-TX01/"


@pytest.mark.parametrize("code", ["", "7", "!!!", "ABCD-EFGH-JKMU", "\x00", "A" * 5000, "АБВГ-ДЕЖЗ-ИКЛМ"])
def test_what_cannot_be_a_code_is_said_beside_the_field(db, code):
    response = Client().get("/kk/certificates/", {"code": code})
    assert errors(response, "code")
    assert "\x00" in code or typed(response, "code") == code


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "x", "%00", "A" * 3000, "ё", "AAAA-AAAA-AAAU"])
def test_an_unknown_code_is_not_found_and_the_form_stands_there(db, code):
    response = Client().get(f"/kk/certificates/{code}/")
    assert response.status_code == 404
    assert page(response).select("main form input[name=code]")
    assert phrase("There is no such certificate") in text_of(page(response).h1)


def test_guessing_codes_is_closed_after_a_while(db):
    limit = int(settings.ACCOUNT_RATE_LIMITS["certificate"].split("/")[0])
    statuses = [Client().get(f"/kk/certificates/AAAA-AAAA-{number:04}/").status_code for number in range(limit + 1)]
    assert statuses == [404] * limit + [429]


def test_codes_differ_and_have_twelve_letters_that_nobody_confuses(owner, other_user):
    codes = [certified(person).code for person in (owner, other_user)]
    assert len(set(codes)) == 2
    assert all(len(code) == 12 and set(code) <= set(CODE_LETTERS) for code in codes)


def test_the_certificate_goes_with_the_account(certificate, owner):
    owner.delete()
    assert Client().get(public(certificate)).status_code == 404
