"""Error reports: what arrives at a server that speaks Sentry's protocol, and what never leaves."""

import gzip
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
import sentry_sdk
from django.conf import settings as loaded
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from emocare import logs, reports, urls
from emocare.urls import handler500  # noqa: F401
from tests.support.http_server import Handler, serving
from tests.support.logs import personal
from tests.support.ports import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.emocare.test_reports")]
TASK = {"task_name": "notifications.send_letter", "id": 17, "task_kwargs": {"letter": "құпия"}}


@csrf_exempt
@login_not_required
def breaking(request: HttpRequest, name: str) -> HttpResponse:
    """Break with something personal wherever a report could find it."""
    request.session["told"] = "secret-word of the session"
    told = "secret-word of a local variable"
    logging.getLogger("accounts.trial").warning("a line before it")
    try:
        with transaction.atomic():
            User.objects.create(email=request.POST["email"])
    except IntegrityError as error:
        raise RuntimeError(f"secret-word for {request.POST['email']}") from error
    return HttpResponse(told)


urlpatterns = [path("breaking/<str:name>/", breaking, name="breaking"), *urls.urlpatterns]


class Reports:
    """What arrived; `text` is all of it."""

    def __init__(self) -> None:
        self.bodies: list[str] = []

    def wait(self) -> list[dict]:
        """Return the events that were sent, once all have arrived."""
        sentry_sdk.get_client().flush(timeout=5)
        return [json.loads(body.splitlines()[2]) for body in self.bodies]

    @property
    def text(self) -> str:
        return "\n".join(self.bodies)


@pytest.fixture
def server() -> Iterator[tuple[str, Reports]]:
    """A server of reports; yields its address and what arrives."""
    arrived = Reports()

    class Taking(Handler):
        def do_POST(self) -> None:
            body = self.body()
            packed = self.headers.get("Content-Encoding") == "gzip"
            arrived.bodies.append((gzip.decompress(body) if packed else body).decode())
            self.answer(200, b"{}")

    with serving(Taking) as running:
        yield f"http://key@127.0.0.1:{running.server_port}/1", arrived


@pytest.fixture
def arrived(server) -> Iterator[Reports]:
    """Reports go to a server; yields what arrives there."""
    address, arrived = server
    reports.start(address)
    yield arrived
    reports.stop()


def break_it(client: Client, owner: User) -> HttpResponse:
    client.raise_request_exception = False
    sent = {"email": owner.email.upper(), "note": "құпия"}
    return client.post("/breaking/secret-word/?q=secret-word", sent, headers={"user-agent": "secret-word"})


def test_an_error_is_told_with_its_place_and_the_id_of_the_request(arrived, as_person, owner):
    answer = break_it(as_person(owner), owner)
    assert answer.status_code == 500
    (event,) = arrived.wait()
    assert event["tags"] == {
        "request": answer["X-Request-Id"],
        "view": "breaking",
        "method": "POST",
        "status": 500,
        "sqlstate": "23505",
        "constraint": event["tags"]["constraint"],
    }
    types = [f"{error['module']}.{error['type']}" for error in event["exception"]["values"]]
    assert types[-3:] == ["psycopg.errors.UniqueViolation", "django.db.utils.IntegrityError", "builtins.RuntimeError"]
    place = event["exception"]["values"][-1]["stacktrace"]["frames"][-1]
    assert (place["function"], place["module"]) == ("breaking", __name__)
    assert event["transaction"] == "breaking"


def test_nothing_that_anybody_told_arrives(arrived, as_person, owner):
    break_it(as_person(owner), owner)
    (event,) = arrived.wait()
    assert personal(arrived.text) == []
    assert "secret" not in arrived.text
    assert not [word for word in (owner.email.lower(), "sessionid", "127.0.0.1", "/breaking/", "user-agent")
                if word in arrived.text.lower().partition("\n")[2]]  # fmt: skip
    allowed = {"event_id", "timestamp", "platform", "level", "logger", "release", "environment"}
    assert event.keys() <= allowed | {"transaction", "tags", "exception"}
    for error in event["exception"]["values"]:
        assert error.keys() == {"type", "module", "stacktrace"}
        assert {key for frame in error["stacktrace"]["frames"] for key in frame} <= set(reports.FRAME)


def test_whatever_else_is_captured_is_built_anew_too(arrived):
    sentry_sdk.set_user({"email": "owner@example.kz"})
    sentry_sdk.set_tag("secret-word", "secret-word")
    sentry_sdk.set_context("secret-word", {"a": "secret-word"})
    sentry_sdk.add_breadcrumb(message="secret-word")
    sentry_sdk.capture_message("secret-word")
    try:
        told = int("secret-word")
    except ValueError as error:
        told = sentry_sdk.capture_exception(error)
    (event,) = arrived.wait()
    assert event["event_id"] == told
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert "secret" not in arrived.text
    assert personal(arrived.text) == []


def test_a_task_that_failed_is_told_by_its_name_and_number(arrived):
    try:
        raise OSError("secret-word")
    except OSError as error:
        logging.getLogger("procrastinate.worker").error("Job ended", extra={"job": TASK}, exc_info=error)
    (event,) = arrived.wait()
    assert event["tags"] == {"job": "notifications.send_letter", "job_id": 17}
    assert event["transaction"] == "notifications.send_letter"
    assert personal(arrived.text) == []


def test_what_is_bound_to_the_lines_of_a_task_is_told_too(arrived):
    with logs.bind(job="tracker.remind", job_id=3):
        logging.getLogger("tracker.trial").error("It failed", exc_info=OSError("secret-word"))
    assert arrived.wait()[0]["tags"] == {"job": "tracker.remind", "job_id": 3}


def test_lines_without_an_error_are_not_told(arrived):
    logging.getLogger("accounts.trial").error("a line")
    assert arrived.wait() == []


def test_a_server_that_is_not_there_changes_nothing(as_person, owner):
    reports.start(f"http://key@127.0.0.1:{free_port()}/1")
    try:
        began = time.monotonic()
        assert break_it(as_person(owner), owner).status_code == 500
        assert time.monotonic() - began < 2
    finally:
        reports.stop()


def test_an_error_while_telling_breaks_nothing(arrived, monkeypatch, as_person, owner):
    monkeypatch.setattr(reports, "_event", lambda *given: 1 / 0)
    assert break_it(as_person(owner), owner).status_code == 500


@pytest.mark.parametrize("address", ["http://127.0.0.1/1", "https://key@errors.example.kz/"])
def test_an_address_that_is_wrong_stops_it_and_is_not_shown(address):
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN must be") as stopped:
        reports.start(address)
    assert "key@errors" not in str(stopped.value).replace("https://key@errors.example.kz/1", "")


SILENT = "import django, sys; django.setup(); print('sentry_sdk' in sys.modules)"


@pytest.mark.parametrize(("address", "is_there"), [("", "False"), ("http://key@127.0.0.1:1/1", "True")])
def test_without_an_address_the_library_is_not_even_loaded(address, is_there):
    environment = os.environ | {"SENTRY_DSN": address}
    done = subprocess.run(
        [sys.executable, "-c", SILENT], env=environment, cwd=loaded.BASE_DIR, capture_output=True, text=True
    )
    assert done.stdout.strip() == is_there, done.stderr
