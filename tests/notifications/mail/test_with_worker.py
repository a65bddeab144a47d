"""Letters and the real worker."""

import pytest
from django.core.mail import EmailMessage

from notifications.choices import Post
from notifications.models import Letter
from tests.support.waiting import until


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_while_the_server_says_yes_leaves_one_letter_by_its_id(
    worker, outbox, mail_server, monkeypatch
):
    async def receive_and_kill(message) -> None:
        monkeypatch.undo()
        worker.process.kill()
        outbox.append(message)

    monkeypatch.setattr(mail_server.handler, "handle_message", receive_and_kill)
    EmailMessage("Сәлем", "Мәтін", to=["owner@example.kz"]).send()
    until(lambda: worker.process.poll() is not None)
    assert [letter.state for letter in Letter.objects.all()] == [Post.WAITING]
    worker.kill()
    worker.start()
    until(lambda: Letter.objects.filter(state=Post.SENT).exists(), 60)
    assert [m["Message-ID"] for m in outbox] == [f"<{Letter.objects.get().public_id}@localhost>"] * 2
