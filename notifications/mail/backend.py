"""Where Django, its libraries and ours hand in letters: they are stored, and the worker sends them."""

import json
import logging
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from accounts.letters import EXPIRES, HASTE
from emocare.background import NEWS, SAFETY, USUAL, later
from notifications import tasks
from notifications.mail import addresses, letters
from notifications.models import Letter, expiry

logger = logging.getLogger(__name__)
PRIORITIES = {"urgent": SAFETY, "normal": USUAL, "non-urgent": NEWS}


class Outbox(BaseEmailBackend):
    """Stores each letter with the transaction that wants it, one for each recipient, and the task that sends it.

    The headers HASTE and EXPIRES of a message are for us, and go no further.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum([self._store(message) for message in email_messages])

    @transaction.atomic
    def _store(self, message: EmailMessage) -> bool:
        for to in dict.fromkeys(message.recipients()):
            try:
                address = addresses.of_envelope(to)
            except ValueError as error:
                logger.error("A letter cannot be sent: %s", error)
                continue
            self._store_one(message, to, address)
        return True

    @staticmethod
    def _store_one(message: EmailMessage, to: str, address: str) -> None:
        expires, haste = message.extra_headers.get(EXPIRES), message.extra_headers.get(HASTE, "normal")
        letter = Letter(
            address=addresses.digest(address),
            expires_at=parsedate_to_datetime(expires) if expires else expiry(),
        )
        letter.envelope = json.dumps({"from": letters.sender(message), "to": address, "account": to.lower()})
        letter.content = letters.written(message, address, letter.public_id)
        letter.save()
        later(tasks.send_letter, letter=letter.pk, priority=PRIORITIES[haste])
