"""Tells people news from a process of its own, as pages do, while what it needs comes and goes.

Called with how many news; its standard input holds each reader's device. Who was answered with an error tries again.
"""

import json
import sys
import threading

import django

django.setup()

from django.db import DatabaseError, connection  # noqa: E402
from procrastinate.exceptions import ConnectorException  # noqa: E402

from accounts.choices import SignInWay  # noqa: E402
from accounts.models import SignIn, User  # noqa: E402
from notifications.push import services as push  # noqa: E402
from notifications.services import notify  # noqa: E402
from tests.support.cast import make_person  # noqa: E402


def told(person: User, number: int) -> bool:
    try:
        notify(person, "helping", {"what": "accepted"}, key=str(number))
    except (DatabaseError, ConnectorException):
        connection.close()
        threading.Event().wait(0.05)
        return False
    return True


def main(count: int, devices: list[dict[str, str]]) -> None:
    readers = [make_person(f"reader-{number}") for number in range(len(devices))]
    for reader, device in zip(readers, devices, strict=True):
        sign_in = SignIn.objects.create(user=reader, way=SignInWay.PASSWORD, session=reader.public_id.bytes)
        push.subscribe(user=reader, sign_in=sign_in, **device)
    for number in range(count):
        while not told(readers[number % len(readers)], number):
            continue


if __name__ == "__main__":
    main(int(sys.argv[1]), json.load(sys.stdin))
