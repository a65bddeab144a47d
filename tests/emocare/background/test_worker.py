"""The worker as a process of its own: what it does when it is stopped, killed, or a task fails."""

import signal

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from emocare.background import PATIENT, PAUSES, later, title_of
from emocare.background.worker import DEAD, TAKE_BACK
from tests.support import probe_tasks
from tests.support.background import register_worker, states, waiting
from tests.support.background import work as work_here
from tests.support.probe_tasks import notes
from tests.support.waiting import until
from tests.support.worker import live


def test_it_runs_what_was_stored_with_a_transaction_and_nothing_of_one_that_was_undone(worker, tmp_path):
    with transaction.atomic():
        later(probe_tasks.done, folder=str(tmp_path), word="undone")
        transaction.set_rollback(True)
    with transaction.atomic():
        later(probe_tasks.done, folder=str(tmp_path))
        assert notes(tmp_path) == []
    until(lambda: notes(tmp_path) == ["done"] and states() == [])
    assert "probe" not in worker.log.read_text()
    # Of the same process, which takes a while to start: what fails waits, what gives up does not, neither tells why.
    later(probe_tasks.fail, folder=str(tmp_path))
    later(probe_tasks.give_up, folder=str(tmp_path))
    until(lambda: states("probe.fail") == ["todo"] and states("probe.give_up") == ["failed"])
    assert notes(tmp_path) == ["done", "tried", "tried"]
    assert "Task probe.fail failed at attempt 1: ValueError [job=probe.fail job_id=" in worker.log.read_text()
    assert str(tmp_path) not in worker.log.read_text()


def test_a_task_whose_worker_was_killed_in_the_middle_runs_again_and_ends(worker, tmp_path):
    later(probe_tasks.hold, folder=str(tmp_path))
    until(lambda: notes(tmp_path) == ["begun"])
    worker.kill()
    (tmp_path / "go").touch()
    assert states() == ["doing"]
    worker.start()
    until(lambda: notes(tmp_path) == ["begun", "begun", "ended"] and states() == [])
    assert "A worker died with the task probe.hold." in worker.log.read_text()


def test_asked_to_stop_it_lets_a_task_end_and_signs_off(worker, tmp_path):
    later(probe_tasks.hold, folder=str(tmp_path))
    until(lambda: notes(tmp_path) == ["begun"])
    worker.process.send_signal(signal.SIGTERM)
    later(probe_tasks.done, folder=str(tmp_path))
    (tmp_path / "go").touch()
    assert worker.process.wait(20) == 0
    assert notes(tmp_path) == ["begun", "ended"]
    assert states() == ["todo"]
    assert live() == 0


def allow_connections(allowed: bool) -> None:
    """Let PostgreSQL end all connections but ours, as for a restart, and take no new ones; or take them again."""
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_it_begins_anew_until_postgres_is_back_and_so_do_its_threads(worker, tmp_path):
    later(probe_tasks.ask_the_database, folder=str(tmp_path))
    until(lambda: notes(tmp_path) == ["1"])
    try:
        allow_connections(False)
        until(lambda: "The worker begins anew" in worker.log.read_text())
    finally:
        allow_connections(True)
        connection.close()
        connection.close_pool()  # which would try again after longer and longer pauses, in the next tests too
    for _number in range(6):
        later(probe_tasks.ask_the_database, folder=str(tmp_path))
    until(lambda: notes(tmp_path) == ["1"] * 7 and states() == [])
    assert worker.process.poll() is None


@pytest.mark.django_db
def test_the_pauses_grow_then_it_has_failed():
    later(probe_tasks.fail, folder="/nowhere")
    gaps = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        while due := waiting("probe.fail"):
            moment = due[0].scheduled_at or timezone.now()
            gaps.append((moment - timezone.now()).total_seconds())
            clock.move_to(moment)
            assert work_here("probe.fail") == ["probe.fail"]
    assert gaps == [0, *PAUSES]
    assert states() == ["failed"]


LETTER = "notifications.send_letter"


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "begun", "state"), [(LETTER, 1, "todo"), (LETTER, 9, "failed"), ("a", 1, "failed")])
def test_a_letter_that_waited_long_for_its_server_does_not_fail_with_its_worker(name, begun, state):
    with connection.cursor() as cursor:
        new = "INSERT INTO procrastinate_jobs (queue_name, task_name, attempts) VALUES ('default', %s, 20)"
        cursor.execute(new, [name])
        for status in ("todo", "doing") * begun:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])
        cursor.execute(TAKE_BACK, {"most": len(PAUSES), "patient": list(PATIENT), "dead": DEAD})
    assert states() == [state]


def test_what_comes_every_few_minutes_is_not_kept_back_by_one_that_waits_to_be_tried_again():
    often = [known.task for known in app.periodic_registry.periodic_tasks.values() if known.cron.startswith("*/")]
    assert len(often) >= 4
    assert [made.name for made in often if sum(made.retry_strategy.pauses) > 60] == []


@pytest.mark.django_db
def test_one_that_waits_is_not_stored_twice_where_it_need_not_be():
    for _time in range(2):
        later(probe_tasks.done, once="probe", folder="/nowhere")
    assert len(waiting("probe.done")) == 1


@pytest.mark.django_db
def test_the_check_says_whether_a_worker_gave_a_sign_of_life():
    with pytest.raises(CommandError):
        call_command("work", "--check")
    register_worker()
    call_command("work", "--check")


def test_every_task_that_is_run_has_words_for_administrators():
    ours = [name for name in app.tasks if not name.startswith(("builtin:", "procrastinate.", "probe."))]
    assert [name for name in ours if title_of(name) == name] == []
