"""Ids of requests: where they come from, and where one finds them again."""

import json
import logging
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from emocare import counting, logs, tracing, urls
from emocare.asgi import application
from emocare.urls import handler400, handler404, handler500  # noqa: F401
from tests.support.html import page, text_of
from tests.support.sockets import Socket, play

pytestmark = pytest.mark.urls("tests.emocare.test_tracing")
OWN = re.compile(r"[0-9a-f]{10}")
FROM_PROXY = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"
logger = logging.getLogger("accounts.trial")


@login_not_required
def breaking(request: HttpRequest) -> HttpResponse:
    logger.warning("on the way")
    raise RuntimeError("құпия")


@login_not_required
def slow(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [path("breaking/", breaking, name="breaking"), path("slow/", slow, name="slow"), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def _nothing_is_slow(monkeypatch):
    monkeypatch.setattr(tracing, "SLOW", 60)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def id_of(answer: HttpResponse) -> str:
    return answer.headers["X-Request-Id"]


@pytest.mark.parametrize("address", ["/kk/about/", "/kk/nothing/", "/breaking/", "/static/nothing.css", "/healthz"])
def test_every_answer_has_an_id_of_its_own(client, address):
    first, second = id_of(client.get(address)), id_of(client.get(address))
    assert OWN.fullmatch(first)
    assert OWN.fullmatch(second)
    assert first != second


def test_refusals_of_the_outermost_have_one_too(client):
    assert OWN.fullmatch(id_of(client.get("/kk/", headers={"host": "evil.example"})))


@pytest.mark.parametrize(
    ("proxies", "headers", "taken"),
    [
        (1, {"x-forwarded-for": "8.8.8.8"}, True),
        (0, {"x-forwarded-for": "8.8.8.8"}, False),
        (1, {}, False),
        (0, {}, False),
    ],
)
def test_an_id_is_taken_from_a_proxy_of_ours_alone(client, settings, proxies, headers, taken):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    answer = client.get("/kk/about/", headers=headers | {"x-request-id": FROM_PROXY})
    assert (id_of(answer) == FROM_PROXY) == taken


@pytest.mark.parametrize(
    "given", ["", "abc", "a" * 37, "Сәуле", "secret-word", "12345678\n", "ABCDEF12", "<b>12345678"]
)
def test_one_that_says_something_is_not_taken(client, settings, given):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answer = client.get("/kk/about/", headers={"x-forwarded-for": "8.8.8.8", "x-request-id": given})
    assert OWN.fullmatch(id_of(answer))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_whoever_meets_an_error_sees_its_number_and_the_log_has_it(client, collector, language):
    answer = client.get("/breaking/", headers={"accept-language": language})
    assert answer.status_code == 500
    assert id_of(answer) in text_of(page(answer).main)
    lines = collector.take_objects()
    assert [(line["request"], line["logger"]) for line in lines] == [
        (id_of(answer), "accounts.trial"),
        (id_of(answer), "django.request"),
    ]


def test_what_is_not_an_error_shows_no_number(client):
    answer = client.get("/kk/nothing/")
    assert id_of(answer) not in answer.content.decode()


def test_lines_of_the_same_request_say_so_and_those_after_it_do_not(client, collector):
    answer = client.get("/breaking/")
    logger.warning("afterwards")
    lines = collector.take().splitlines()
    assert lines[0].endswith(f"on the way [request={id_of(answer)}]")
    assert lines[-1].endswith("afterwards")


def test_no_line_is_written_for_a_request_that_went_well(client, collector):
    client.get("/kk/about/")
    assert "emocare.requests" not in collector.take()


def test_each_request_has_a_line_where_the_operator_wants_that(client, collector, request):
    tracing.requests.setLevel(logging.INFO)
    request.addfinalizer(lambda: tracing.requests.setLevel(logging.WARNING))
    answer = client.get("/kk/about/?q=secret-word", headers={"user-agent": "құпия"})
    (line,) = [line for line in collector.take_objects() if line["logger"] == "emocare.requests"]
    assert line.pop("time").endswith("+00:00")
    assert isinstance(line.pop("duration_ms"), int)
    assert line == {
        "level": "INFO",
        "logger": "emocare.requests",
        "event": "200 GET about",
        "request": id_of(answer),
        "view": "about",
        "method": "GET",
        "status": 200,
    }


def test_a_slow_request_has_a_line_in_any_case(client, collector, monkeypatch):
    monkeypatch.setattr(tracing, "SLOW", 0)
    answer = client.get("/slow/")
    assert f"WARNING emocare.requests: 200 GET slow [request={id_of(answer)} duration_ms=" in collector.take()


def test_configuration_says_which_form_and_whether_every_request():
    assert logs.configuration("json", every_request=True)["formatters"]["console"]["()"] is logs.Json
    levels = [logs.configuration("line", every_request=told)["loggers"]["emocare.requests"] for told in (True, False)]
    assert levels == [{"level": "INFO"}, {"level": "WARNING"}]


# Live connections


def test_an_open_socket_is_counted_until_it_is_closed():
    before = counting.SOCKETS._value.get()

    async def scene():
        inner_sees = []

        async def inner(scope, receive, send):
            await send({"type": "websocket.accept"})
            inner_sees.append(counting.SOCKETS._value.get())
            assert OWN.fullmatch(logs.bound()["request"])

        await tracing.TracedSockets(inner)({}, None, _swallow)
        assert inner_sees == [before + 1]

    play(scene)
    assert counting.SOCKETS._value.get() == before


def test_a_socket_that_breaks_is_closed_and_told_of_without_its_words(collector):
    sent = []

    async def breaks(scope, receive, send):
        raise RuntimeError("құпия")

    async def keep(message):
        sent.append(message)

    async def scene():
        await tracing.TracedSockets(breaks)({}, None, keep)

    play(scene)
    assert sent == [{"type": "websocket.close", "code": 1011}]
    (line,) = collector.take_objects()
    assert line["errors"][0]["type"] == "builtins.RuntimeError"
    assert "құпия" not in json.dumps(line, ensure_ascii=False)


def test_sockets_are_traced_outermost():
    assert isinstance(application.application_mapping["websocket"], tracing.TracedSockets)


@pytest.mark.django_db
def test_a_socket_at_an_address_of_nothing_is_refused_without_a_word(collector):
    async def scene():
        channel = Socket(Client(), "/ws/secret-word/")
        assert not await channel.connect()
        assert channel.code == 4404

    play(scene)
    assert collector.take() == ""


async def _swallow(message: dict) -> None:
    """Say nothing."""
