"""What the tests of ages, legal representatives and supporters share."""

import re
from datetime import date
from urllib.parse import urlsplit

import time_machine
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.support.cast import PASSWORD
from tests.support.html import page, text_of

NOW = "2026-11-23 12:00 +0500"
ANSWERS = {"nickname": "Балапан", "password": PASSWORD, "consent": "on"}
CONSENT = {
    "name": "Гүлнәр Сапарқызы",
    "relation": "mother",
    "contact": "gulnar@example.kz",
    "is_representative": "on",
    "agrees": "on",
}


def at(moment: str = NOW) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def sign_up(client: Client, language: str = "kk", **changes: str) -> HttpResponse:
    """Sign up anonymously; a child born in May 2012 unless something else is said."""
    child = {"age": "child", "birth_month": "5", "birth_year": "2012"}
    return client.post(f"/{language}/account/sign-up/anonymous/", ANSWERS | child | changes)


def child_of(client: Client, **changes: str) -> User:
    """Sign a child up in this browser and return their account."""
    sign_up(client, **changes)
    return User.objects.get(username=changes.get("nickname", ANSWERS["nickname"]).lower())


def link_on(response: HttpResponse) -> str:
    """Return the path of the link that a page shows to be passed on."""
    return urlsplit(text_of(page(response).select_one(".codes code"))).path


def guardian_link(client: Client) -> str:
    """Let a child make a link for a legal representative; return its path."""
    return link_on(client.post("/kk/account/guardian/link/"))


def agree(path: str, **changes: str) -> HttpResponse:
    """Answer yes in another browser."""
    return Client().post(path, CONSENT | changes)


def invite(client: Client, *rights: str, **changes: str) -> str:
    """Let an owner invite a supporter; return the path of the link."""
    answers = {"name": "Әпке", "kind": "carer", "rights": rights or ("see-moods",), "period": "month"}
    return link_on(client.post("/kk/supporters/invite/", answers | changes))


def first_of(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def paths_in(letter) -> list[str]:
    return [urlsplit(address).path for address in re.findall(r"https?://\S+", letter.get_content())]
