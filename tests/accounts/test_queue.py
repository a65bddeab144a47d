"""Work in the background as administrators see it, and as pages tell of it when it is late."""

import pytest
from django.core.cache import cache
from django.db import connection

from accounts import tasks
from accounts.models import RetentionRun
from emocare.background import TITLES, is_late, later
from emocare.tasks import tidy_queue
from tests.accounts.support import phrase
from tests.support import probe_tasks
from tests.support.background import register_worker, states, store_failed, waiting, work
from tests.support.html import page, text_of
from tests.support.journal import kinds

pytestmark = pytest.mark.django_db
PAGE, AGAIN = "/admin/background/", "/admin/background/again/"
LATE = "Letters and downloads take longer than usual just now. Nothing is lost."


def change(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# Administrators


def test_administrators_see_what_waits_and_what_failed_in_words_and_no_arguments(admin, as_person):
    register_worker(silent_for=3)
    store_failed("accounts.let_go")
    later(probe_tasks.done, folder="/somewhere")
    answer = as_person(admin).get(PAGE)
    rows = [text_of(row) for row in page(answer).select("#content-main tbody tr")]
    assert len(rows) == 3  # two kinds, one that failed
    assert str(TITLES["accounts.let_go"]) in rows[-1]
    assert "accounts.let_go" not in answer.content.decode()
    assert "/somewhere" not in answer.content.decode()


def test_an_empty_queue_says_so_and_that_nobody_works(admin, as_person):
    said = text_of(page(as_person(admin).get(PAGE)).select_one("#content-main"))
    assert phrase("Nothing waits, nothing runs, nothing failed.") in said
    assert phrase("No worker runs. Nothing is lost: what waits is done as soon as one is started.") in said


def test_the_page_asks_a_fixed_number_of_questions(admin, as_person, django_assert_max_num_queries):
    store_failed(*["accounts.let_go", "accounts.offer_places", "accounts.check_journal"] * 5)
    client = as_person(admin)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_one_that_failed_is_tried_again_from_its_first_attempt_and_that_is_written_down(admin, as_person):
    store_failed("probe.done", "probe.done")
    pk = page(as_person(admin).get(PAGE)).select_one("td button")["value"]
    answer = as_person(admin).post(AGAIN, {"task": pk}, follow=True)
    assert states().count("failed") == 1
    assert [(str(job.id), job.attempts) for job in waiting("probe.done")] == [(pk, 0)]
    assert kinds(admin)[-1:] == ["tasks-tried-again"]
    assert page(answer).select(".messagelist .success")


def test_all_that_failed_are_tried_again_also_beside_one_that_waits(admin, as_person):
    store_failed("probe.done", "probe.done", "probe.done")
    change("UPDATE procrastinate_jobs SET queueing_lock = 'once'")
    later(probe_tasks.done, once="once", folder="/nowhere")
    as_person(admin).post(AGAIN, {"task": "all"})
    assert states() == ["todo"] * 4


@pytest.mark.parametrize("asked", [{}, {"task": "0"}, {"task": "-1"}, {"task": "9" * 19}, {"task": "x\0"}])
def test_what_is_not_there_is_not_tried_again_and_nothing_breaks(admin, as_person, asked):
    store_failed("probe.done")
    assert as_person(admin).post(AGAIN, asked).status_code == 302
    assert states().count("failed") == 1
    assert "tasks-tried-again" not in kinds(admin)


def test_what_failed_long_ago_goes_and_what_failed_lately_stays():
    store_failed("probe.done", "probe.done")
    change(
        "UPDATE procrastinate_events SET at = now() - interval '31 days'"
        " WHERE job_id = (SELECT min(id) FROM procrastinate_jobs)"
    )
    tidy_queue(timestamp=0)
    assert states().count("failed") == 1


# What comes every day


def test_a_kind_that_was_not_let_go_is_told_to_administrators_and_waits_for_the_next_day():
    change("ALTER TABLE accounts_knowndevice RENAME TO lost")
    later(tasks.let_go, timestamp=0)
    assert work() == ["accounts.let_go"]
    assert RetentionRun.objects.get().failed == {"devices": "ProgrammingError"}
    assert states().count("failed") == 1


def test_a_journal_whose_ledger_cannot_be_read_is_told_to_administrators(settings):
    later(tasks.check_journal, timestamp=0)
    assert work() == ["accounts.check_journal"]
    assert states().count("failed") == 0
    settings.JOURNAL_LEDGER.write_text("nonsense\n")
    later(tasks.check_journal, timestamp=0)
    assert work() == ["accounts.check_journal"]
    assert states().count("failed") == 1


# Everybody


@pytest.mark.parametrize(
    ("silent_for", "waits_for", "late"),
    [(None, 0, True), (70, 0, True), (5, 0, False), (5, 100, False), (5, 130, True)],
)
def test_it_is_late_without_a_worker_or_when_something_waits_too_long(silent_for, waits_for, late):
    if silent_for is not None:
        register_worker(silent_for)
    later(probe_tasks.done, folder="/nowhere")
    change("UPDATE procrastinate_events SET at = now() - make_interval(secs => %s)", waits_for)
    assert is_late() is late


def test_what_is_planned_for_later_makes_nothing_late():
    register_worker()
    later(probe_tasks.done, folder="/nowhere")
    change("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'")
    change("UPDATE procrastinate_events SET at = now() - interval '1 hour'")
    assert not is_late()


def test_pages_that_promise_something_say_that_it_is_late_and_later_that_it_is_not(owner, as_person):
    for place in ("/en/profile/data/download/", "/en/account/confirm-email/", "/en/account/password/reset/done/"):
        client = as_person(owner if "profile" in place else None)
        assert LATE in text_of(page(client.get(place)).main), place
    register_worker()
    cache.clear()
    assert LATE not in text_of(page(as_person(owner).get("/en/profile/data/download/")).main)


def test_it_is_asked_once_in_a_while_and_never_by_other_pages(owner, as_person, django_assert_num_queries):
    is_late()
    with django_assert_num_queries(0):
        is_late()
    cache.clear()
    as_person(owner).get("/en/dashboard/")
    assert cache.get("background-late") is None


def test_without_valkey_no_page_says_that_something_is_late(settings):
    settings.CACHES = settings.CACHES | {
        "default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"},
    }
    assert not is_late()
