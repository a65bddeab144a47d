"""What the log holds: where something went wrong, never what somebody wrote."""

import logging
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User
from emocare import logs
from tests.support.logs import OURS, personal

logger = logging.getLogger("accounts.trial")


def test_a_line_with_something_of_the_cast_is_found(collector):
    logger.debug("written by %s: %s", "owner@example.kz", "құпия сөз")
    assert len(personal(collector.take())) == 1


@pytest.mark.parametrize("name", OURS)
def test_every_line_of_ours_is_collected(collector, name):
    logging.getLogger(f"{name}.somewhere").debug("a detail")
    assert f"DEBUG {name}.somewhere: a detail" in collector.take()


def test_every_line_begins_with_its_moment_and_the_offset_of_that_from_utc(collector):
    logger.warning("a line")
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING accounts.trial: a line$", collector.take())


def test_an_error_is_told_by_its_type_and_place_and_not_by_its_words(collector):
    try:
        try:
            int("құпия")
        except ValueError as error:
            raise KeyError("owner@example.kz") from error
    except KeyError:
        logger.exception("It failed")
    told = collector.take()
    assert "builtins.KeyError\nbecause of\n" in told
    assert "test_logs.py:" in told
    assert told.endswith("builtins.ValueError")
    assert personal(told) == []


@pytest.mark.django_db
def test_the_row_that_was_there_already_is_told_by_the_name_of_the_rule(collector, owner):
    try:
        with transaction.atomic():
            User.objects.create(email=owner.email.upper())
    except IntegrityError:
        logger.exception("It failed")
    told = collector.take()
    assert "psycopg.errors.UniqueViolation 23505 " in told
    assert personal(told) == []


@pytest.mark.django_db
def test_for_machines_each_line_is_an_object_an_error_too(collector, owner):
    try:
        with transaction.atomic():
            User.objects.create(email=owner.email.upper())
    except IntegrityError:
        logger.exception("It failed\nin two lines")
    (text,) = collector.objects
    (line,) = collector.take_objects()
    assert "\n" not in text
    assert line["event"] == "It failed\nin two lines"
    broken = line["errors"][1]
    assert (broken["type"], broken["sqlstate"]) == ("psycopg.errors.UniqueViolation", "23505")
    assert any("test_logs.py:" in place for place in line["errors"][0]["places"])


def test_a_line_says_which_task_it_belongs_to_and_nothing_that_was_not_agreed(collector):
    with logs.bind(job="tracker.remind", job_id=3):
        logger.warning("a line")
    logger.warning("another")
    first, second = collector.take_objects()
    assert (first["job"], first["job_id"]) == ("tracker.remind", 3)
    assert second.keys() == {"time", "level", "logger", "event"}
    with pytest.raises(TypeError, match="a line never says user"), logs.bind(user="owner"):
        pass


@pytest.mark.parametrize("address", ["/kk/құпия/", "/kk/guardian/secret-word/", "/kk/nothing/?q=owner@example.kz"])
@pytest.mark.django_db
def test_a_request_is_told_by_its_view_for_an_address_can_hold_a_code(collector, address):
    assert Client().get(address).status_code == 404
    told = collector.take()
    assert "django.request: 404 GET " in told
    assert personal(told) == []
    assert "nothing" not in told


def test_errors_are_written_and_sent_to_nobody():
    for name in ("", "django", "django.request", "django.security"):
        assert not [handler for handler in logging.getLogger(name).handlers if "Email" in type(handler).__name__]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_statement", "none"),
        ("log_min_duration_statement", "-1"),
        ("log_min_error_statement", "panic"),
        ("log_error_verbosity", "terse"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
    ],
)
def test_postgres_writes_no_values_down(name, value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        assert cursor.fetchone() == (value,)
