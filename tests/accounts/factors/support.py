"""What these tests share: authenticators, and giving codes."""

import re
from email.message import EmailMessage

from django.http import HttpResponse
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.demo import totp_key
from accounts.models import User
from tests.support.cast import PASSWORD
from tests.support.html import page

CODE = "/kk/account/second-factor/"
FACTORS = "/kk/account/factors/"


def authenticator(person: User) -> TOTPDevice:
    """Give a person an authenticator."""
    return TOTPDevice.objects.create(user=person, name="telephone", key=totp_key(person.email or person.username))


def code(device: TOTPDevice) -> str:
    """Return what the authenticator shows now."""
    return f"{TOTP(device.bin_key, drift=device.drift).token():06d}"


def wrong(device: TOTPDevice) -> str:
    return f"{(int(code(device)) + 1) % 10**6:06d}"


def give(client: Client, digits: str, target: str = "", **more: str) -> HttpResponse:
    return client.post(CODE, {"code": digits, "next": target} | more)


def way_on(response: HttpResponse) -> str:
    """Return where the form of a page leads on to."""
    return page(response).select_one("main [name=next]")["value"]


def sign_in(person: User, target: str = "") -> tuple[Client, str]:
    """Give name and password as a person does; return the browser and where it is sent."""
    client = Client()
    answer = client.post("/kk/account/login/", {"login": person.email, "password": PASSWORD, "next": target})
    return client, answer.url


def code_in(letter: EmailMessage) -> str:
    return re.search(r"\b\d{6}\b", letter.get_content())[0]
