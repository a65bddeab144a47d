"""Demonstration accounts and their data: in a trial and in tests, never in production."""

import os
import subprocess
import sys

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts import demo
from accounts.models import User
from tests.accounts.support import title
from tests.support.html import page

pytestmark = pytest.mark.django_db
PASSWORD = "Emocare-demo-2026"
NAMES = ["user", "user2", "volunteer", "volunteer2", "psychologist", "psychologist2", "curator", "admin"]
ADDRESSES = [f"{name}@demo.emocare.kz" for name in NAMES]
ROLES = ["user", "user", "volunteer", "volunteer", "psychologist", "psychologist", "staff", "user"]


@pytest.fixture
def loaded() -> None:
    call_command("demo_data")


def everything() -> dict[str, list]:
    """Return every row of every table."""
    return {m._meta.label: list(m.objects.order_by("pk").values_list()) for m in apps.get_models() if m._meta.managed}


def sign_in(address: str) -> Client:
    client = Client()
    client.post("/kk/account/login/", {"login": address, "password": PASSWORD})
    return client


def code_for(address: str, capsys) -> str:
    call_command("demo_code", address)
    return capsys.readouterr().out.strip()


def test_the_accounts_are_those_that_were_promised(loaded):
    people = User.objects.order_by("pk")
    assert [person.email for person in people] == ADDRESSES
    assert [person.role for person in people] == ROLES
    assert [person.email for person in people if person.is_staff or person.is_superuser] == ["admin@demo.emocare.kz"]
    assert all(person.shown_name and person.consents.filter(purpose="service").count() == 1 for person in people)
    assert [address for address, _role in demo.SIGN_INS] == ADDRESSES


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_of_them_signs_in_with_the_password_of_the_contract(loaded, address, capsys):
    client = sign_in(address)
    if address.split("@")[0] in demo.WITH_SECOND_FACTOR:
        assert client.get("/kk/dashboard/").url.startswith("/kk/account/second-factor/")
        client.post("/kk/account/second-factor/", {"code": code_for(address, capsys)})
    assert client.get("/kk/dashboard/").status_code == 200


def test_there_is_something_to_see(loaded):
    client = sign_in("user@demo.emocare.kz")
    assert len(page(client.get("/kk/mood/journal/")).select(".entries .entry")) == 30
    assert page(client.get("/kk/mood/")).select("#offer-title")
    assert page(client.get("/kk/mood/dynamics/?span=quarter")).select("#causes-title ~ ul li")


def test_the_demonstration_people_have_helpers(loaded):
    mine = page(sign_in("user@demo.emocare.kz").get("/kk/helpers/mine/")).main.get_text()
    assert "Сәуле" in mine
    assert "Әсел Нұрланқызы" in mine
    theirs = page(sign_in("volunteer@demo.emocare.kz").get("/kk/people/")).main.get_text()
    assert "Айгерім" in theirs
    assert "Дамир" in theirs
    assert len(page(sign_in("user2@demo.emocare.kz").get("/kk/helpers/")).select(".entries h3")) == 4


def test_a_second_run_changes_nothing(loaded):
    before = everything()
    call_command("demo_data")
    assert everything() == before


def test_what_a_visitor_changed_stays(loaded):
    client = sign_in("user@demo.emocare.kz")
    answers = {"shown_name": "Мен", "language": "ru", "time_zone": "UTC", "avatar": "sun", "region": ""}
    client.post("/kk/profile/", answers)
    call_command("demo_data")
    assert User.objects.get(email="user@demo.emocare.kz").shown_name == "Мен"


def test_people_who_are_there_already_are_not_touched(owner, loaded):
    assert User.objects.get(pk=owner.pk).check_password(PASSWORD) is False
    assert User.objects.count() == 9


@time_machine.travel("2026-03-01 12:00 +0500", tick=False)
def test_the_printed_code_opens_the_administrators_pages(loaded, capsys):
    client = sign_in("admin@demo.emocare.kz")
    answer = client.post("/kk/account/second-factor/", {"code": code_for("Admin@demo.emocare.kz", capsys)})
    assert answer.url == "/admin/"
    assert title(client.get("/admin/"))


def test_codes_are_printed_for_those_who_have_a_second_factor_only(loaded, capsys):
    for name in ("psychologist", "psychologist2", "curator", "admin"):
        assert len(code_for(f"{name}@demo.emocare.kz", capsys)) == 6
    with pytest.raises(CommandError, match="no second factor"):
        call_command("demo_code", "user@demo.emocare.kz")


def test_codes_of_anybody_else_are_refused(loaded, admin):
    for address in ("admin@example.kz", "nobody", "admin@demo.emocare.kz.example.com", ""):
        with pytest.raises(CommandError, match="demonstration accounts only"):
            call_command("demo_code", address)


@pytest.mark.parametrize("command", [["demo_data"], ["demo_code", "admin@demo.emocare.kz"]])
def test_without_demonstration_they_refuse(settings, command):
    call_command("demo_data")
    settings.DEMONSTRATION = False
    before = everything()
    with pytest.raises(CommandError):
        call_command(*command)
    assert everything() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", [["demo_data"], ["demo_code", "admin@demo.emocare.kz"]])
def test_production_refuses_them(command):
    database = settings.DATABASE_URL.rsplit("/", 1)[0] + f"/{connection.settings_dict['NAME']}"
    production = {"EMOCARE_MODE": "production", "ALLOWED_HOSTS": "example.kz", "DATABASE_URL": database, "DEBUG": "yes"}
    manage = [sys.executable, "manage.py", *command]
    done = subprocess.run(manage, env=os.environ | production, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.returncode != 0
    assert "CommandError" in done.stderr
    assert done.stdout == ""
    assert not User.objects.exists()
