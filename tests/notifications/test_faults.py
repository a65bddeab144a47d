"""A thousand news while the worker, Valkey and PostgreSQL are killed and come back: none is lost, none comes twice."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.killable import Killable
from tests.support.logs import personal
from tests.support.waiting import until

NEWS, READERS, THREADS = 1000, 10, 4


class Site(Killable):
    """The worker and those who tell."""

    def __init__(self, var: Path, mail_server, push_service):
        own = {"PUSH_SERVICES": push_service.origin, "WORKER_THREADS": str(THREADS)}
        super().__init__(var, mail_server, **own)
        self.devices = [push_service.device(f"/send/{number}") for number in range(READERS)]
        self.start_worker()

    def tell(self) -> subprocess.Popen:
        """Begin to tell, in a process of its own."""
        telling = self.start("-m", "tests.support.telling", str(NEWS), stdin=subprocess.PIPE)
        known = [device.subscription() for device in self.devices]
        with telling.stdin as given:
            given.write(json.dumps([{"endpoint": d["endpoint"], **d["keys"]} for d in known]).encode())
        return telling


@pytest.fixture
def site(db, tmp_path, mail_server, push_service) -> Iterator[Site]:
    running = Site(tmp_path, mail_server, push_service)
    yield running
    running.end()
    assert personal(running.log.read_text()) == []


def test_each_of_a_thousand_news_comes_once_whatever_is_killed_meanwhile(site, mail_server, push_service):
    letters = mail_server.handler.received
    letters.clear()
    telling = site.tell()
    until(lambda: len(letters) > 100, 60)
    site.kill_worker()
    site.start_worker()
    until(lambda: len(letters) > 250, 90)
    site.valkey.kill()
    site.valkey.start()
    until(lambda: len(letters) > 400, 60)
    site.postgres.kill()
    site.postgres.start()
    assert telling.wait(120) == 0, site.log.read_text()[-2000:]
    until(lambda: _is_quiet(site), 180)

    inbox = Counter(site.ask("SELECT user_id, key FROM notifications_notification"))
    mailed = Counter(letter["Message-ID"] for letter in letters)
    shown = Counter((message.path, message.message["tag"]) for message in push_service.received)
    assert [len(inbox), len(mailed), len(shown)] == [NEWS, NEWS, NEWS]
    assert inbox.total() == NEWS
    # Killed between the yes of the other side and our note of it: the same again, which mailbox and screen know.
    assert mailed.total() + shown.total() <= 2 * NEWS + THREADS


def _is_quiet(site: Site) -> bool:
    ((open_,),) = site.ask(
        "SELECT (SELECT count(*) FROM notifications_delivery WHERE state = 'waiting')"
        " + (SELECT count(*) FROM notifications_letter WHERE state = 'waiting')"
    )
    return open_ == 0
