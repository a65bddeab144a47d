"""Side doors: files, searches and sockets; and that nobody but the owner finds her words anywhere."""

import io
import re

import pytest
from channels.generic.websocket import AsyncJsonWebsocketConsumer, AsyncWebsocketConsumer
from pypdf import PdfReader

from emocare.asgi import application
from tests.accounts.pictures import drawn, upload
from tests.matrix.side_doors import ACTIONS, FILES, SEARCHES
from tests.support.sockets import Socket, play
from tests.support.sweeping import NAMES, undone
from tracker.models import MoodEntry, OwnWord

WORDS = ["құпия-түсініктеме", "құпия-себеп"]
PAGES = {"text/html", "text/plain"}


def text(answer) -> str:
    """Return what an answer says, of a PDF file too."""
    if answer.headers.get("Content-Type") == "application/pdf":
        return " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body)).pages)
    return answer.body.decode(errors="replace")


@pytest.fixture
def secrets(owner, address) -> list[str]:
    """Let the owner have written something, in each place that holds words of her own."""
    MoodEntry.objects.create(owner=owner, level=1, note=WORDS[0])
    OwnWord.objects.create(owner=owner, kind="cause", word=WORDS[1])
    return WORDS


@pytest.mark.django_db
def test_every_address_that_gives_no_page_is_in_the_table(cast, address, owner, secrets):
    browser = cast["owner"]()
    answers = {"shown_name": "Әсем", "language": "kk", "time_zone": "UTC", "avatar": "sun", "region": "abai"}
    assert browser.post("/kk/profile/", answers | {"upload": upload(drawn("PNG"))}).status_code == 302
    found = {}
    for name in NAMES:
        person = "verified_admin" if name.startswith("admin:") else "owner"
        answer = undone(cast[person](), "get", address(name))
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        if answer.status_code == 200 and kind not in PAGES:
            found[name] = kind
    assert found == {name: kind for name, (kind, _whose) in FILES.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["owner", "other_user", "assigned_psychologist", "curator", "verified_admin"])
def test_nobody_else_finds_the_owners_words_anywhere(request, cast, address, owner, secrets, person):
    browser = cast[person]()
    holding = set()
    for name in NAMES:
        said = text(undone(browser, "get", address(name)))
        holding |= {name for word in secrets if word in said}
    if person == "owner":
        assert holding >= {"journal", "own_words", "export_moods"}
    else:
        assert holding == set()


@pytest.mark.django_db
@pytest.mark.parametrize("person", ["other_user", "assigned_psychologist", "verified_admin"])
def test_a_search_finds_only_ones_own(cast, address, owner, secrets, person):
    for name in SEARCHES:
        answer = undone(cast[person](), "post", address(name), {"words": "түсініктеме"})
        assert answer.status_code == 200
        assert secrets[0] not in text(answer)
    assert secrets[0] in text(undone(cast["owner"](), "post", address(name), {"words": "түсініктеме"}))


# Sockets


def consumers() -> dict[str, type]:
    part = application.application_mapping["websocket"]
    while not hasattr(part, "routes"):
        part = getattr(part, "application", None) or part.inner
    return {str(route.pattern): route.callback.consumer_class for route in part.routes}


def actions(consumer: type) -> set[str]:
    """Return what a consumer answers to: what it reads from a frame, and methods of its own that a message can name."""
    bases = {*AsyncJsonWebsocketConsumer.__mro__, *AsyncWebsocketConsumer.__mro__}
    own = [name for kind in consumer.__mro__ if kind not in bases for name in vars(kind)]
    named = {name for name in own if re.match(r"[a-z]", name) and callable(getattr(consumer, name))}
    return named | set(getattr(consumer, "_do", {}))


def test_every_action_of_every_consumer_is_in_the_table():
    assert {route: actions(consumer) for route, consumer in consumers().items()} == {
        route: set(table) for route, table in ACTIONS.items()
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("said", ['{"type": "moods.changed"}', '{"type": "sign_in.ended"}', "[]", "\0"])
def test_what_the_server_says_cannot_be_said_to_it(as_person, owner, said):
    client = as_person(owner)

    async def scene():
        channel = Socket(client, "/ws/news/")
        assert await channel.connect()
        await channel.say(text=said)
        assert await channel.closed() == 4400

    play(scene)
