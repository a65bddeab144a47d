"""What happens when the mail server, or the database, does not do as it should."""

import socket
from datetime import timedelta

import psycopg
import pytest
import time_machine
from django.conf import settings as site
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from emocare.background import TryLater
from notifications.choices import Post
from notifications.mail import sending, transport
from notifications.models import Letter
from tests.support.background import waiting, work

HERE = "owner@example.kz"
LATER = timedelta(minutes=1)


def hand_in(subject: str = "Сәлем") -> None:
    EmailMessage(subject, "Мәтін", to=[HERE]).send()


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def after(pause: timedelta) -> list[str]:
    return work(until=timezone.now() + pause)


@pytest.fixture
def received(difficult_server) -> list:
    return difficult_server.handler.received


@pytest.fixture
def answers(difficult_server):
    return difficult_server.handler


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["to_sender", "to_recipient", "to_data"])
def test_a_server_that_is_busy_gets_the_letter_later_and_once(answers, received, who):
    getattr(answers, who).append("451 4.7.1 Try again later")
    hand_in()
    work()
    assert (received, states()) == ([], [Post.WAITING])
    after(LATER)
    assert (len(received), states()) == (1, [Post.SENT])


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["to_recipient", "to_data"])
def test_a_letter_that_is_refused_for_good_is_not_tried_again(answers, received, who, caplog):
    getattr(answers, who).append("550 5.1.1 owner@example.kz: no such user")
    hand_in()
    work()
    assert states() == [Post.REFUSED]
    assert waiting() == []
    assert Letter.objects.get().content == ""
    assert HERE not in caplog.text


@pytest.mark.django_db
def test_a_server_that_refuses_the_sender_is_the_operators_to_mend(answers, received, caplog):
    answers.to_sender.append("550 5.7.1 owner@example.kz may not")
    hand_in()
    work()
    assert states() == [Post.WAITING]
    assert "SMTPSenderRefused 550" in caplog.text
    assert HERE not in caplog.text
    after(LATER)
    assert len(received) == 1


@pytest.mark.django_db
def test_while_no_server_is_there_letters_wait_for_growing_times(difficult_server, received):
    difficult_server.stop()
    pauses = []
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False) as clock:
        hand_in()
        for _attempt in range(4):
            work()
            (job,) = waiting()
            pauses.append((job.scheduled_at - timezone.now()).total_seconds())
            clock.move_to(job.scheduled_at)
        assert pauses == [5, 30, 120, 600]
        difficult_server.start()
        work()
    assert (len(received), states()) == (1, [Post.SENT])


@pytest.mark.django_db
def test_a_server_that_does_not_answer_keeps_only_one_letter_waiting_for_it(settings, monkeypatch, outbox):
    monkeypatch.setitem(transport._silent, "until", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = deaf.getsockname()[1], 0.1
        for subject in ("a", "b", "c"):
            hand_in(subject)
        work()
        deaf.settimeout(0)
        assert deaf.accept()
        with pytest.raises(BlockingIOError):
            deaf.accept()
    assert states() == [Post.WAITING] * 3


@pytest.mark.django_db
def test_one_that_takes_a_letter_and_says_nothing_is_left_alone_too_then_one_letter_tries_it(
    settings, monkeypatch, difficult_server, answers
):
    monkeypatch.setitem(transport._silent, "until", 0.0)
    monkeypatch.setattr(transport, "ANSWER", 0.3)
    settings.EMAIL_TIMEOUT, answers.silent = 0.3, True
    for subject in ("a", "b", "c"):
        hand_in(subject)
    work()
    assert (answers.connections, states()) == (1, [Post.WAITING] * 3)
    monkeypatch.setitem(transport._silent, "until", 0.1)  # long ago
    transport._may_ask()
    with pytest.raises(TryLater):
        transport._may_ask()
    transport._silent["until"], answers.silent, settings.EMAIL_TIMEOUT = 0.0, False, 10
    monkeypatch.setattr(transport, "ANSWER", 10)
    after(LATER)
    assert states() == [Post.SENT] * 3
    assert transport._silent["until"] == 0.0


@pytest.mark.django_db
def test_letters_after_each_other_go_through_one_connection_until_it_breaks(difficult_server, answers, received):
    for subject in ("a", "b"):
        hand_in(subject)
    work()
    assert answers.connections == 1
    difficult_server.stop()
    difficult_server.start()
    hand_in("c")
    work()
    assert [m["Subject"] for m in received] == ["a", "b", "c"]
    assert answers.connections == 2


@pytest.mark.django_db
def test_a_letter_whose_task_runs_twice_goes_once(received):
    hand_in()
    letter = Letter.objects.get()
    sending.send(letter.pk)
    sending.send(letter.pk)
    work()
    assert len(received) == 1


def end_connection(pid: int) -> None:
    with psycopg.connect(site.DATABASE_URL, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_after_the_servers_yes_does_not_cause_a_second_letter(answers, received):
    letter = stored()
    pid = backend()
    answers.before = lambda: end_connection(pid)
    sending.send(letter.pk)
    assert backend() != pid
    assert (len(received), states()) == (1, [Post.SENT])
    assert Letter.objects.get().content == ""
    sending.send(letter.pk)
    assert len(received) == 1


def stored() -> Letter:
    hand_in()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    return Letter.objects.get()


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]
