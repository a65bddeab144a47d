"""Sending a sentence about the risk check, through the page."""

from django.http import HttpResponse
from django.test import Client

from tests.support.html import page

MISSED, WRONG, SENT = "/en/risk-check/missed/", "/en/risk-check/not-right/", "/en/risk-check/sent/"
SENTENCE = "Бұл – кинодағы сөз ғой"


def hidden(response: HttpResponse) -> dict[str, str]:
    fields = page(response).select("main form input[type=hidden]")
    return {field["name"]: field["value"] for field in fields if field["name"] != "csrfmiddlewaretoken"}


def send(client: Client, place: str = MISSED, **answers: str) -> HttpResponse:
    filled = {"sentence": SENTENCE, "agrees": "on", "complaint": "other"} | answers
    return client.post(place, hidden(client.get(place)) | filled)
