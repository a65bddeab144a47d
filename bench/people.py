"""People with a hundred entries each, in a database of their own: `python -m bench.people ENTRIES` fills it.

Its last line is JSON: the cookies of those whose pages are asked for.
"""

import json
import random
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

PER_PERSON = 100  # entries, one on each of the last days
MEASURED = 50  # people whose pages are asked for in turn, so that no rows of a single one stay hot
NOTE_EVERY = 3  # entries
NOTE_LENGTH = 200  # characters
WORDS = ("бүгін", "ұйқым", "тыныш", "болды", "достарыммен", "серуендедім", "жұмыс", "көп", "шаршадым", "анам", "келді")


def make_people(count: int) -> list[int]:
    """Make people whom nobody can sign in as; return their keys in no particular order."""
    from accounts.choices import Purpose
    from accounts.consents import VERSIONS
    from accounts.models import User

    unusable = User()
    unusable.set_unusable_password()
    same = {"password": unusable.password, "agreed_version": VERSIONS[Purpose.SERVICE]}
    people = [User(email=f"person{i}@bench.invalid", shown_name=f"Person {i}", **same) for i in range(count)]
    keys = [user.pk for user in User.objects.bulk_create(people, batch_size=2000)]
    random.Random(count).shuffle(keys)  # noqa: S311 -- the same in every run
    return keys


def _note(chance: random.Random) -> str:
    text = ""
    while len(text) < NOTE_LENGTH:
        text += f"{chance.choice(WORDS)} "
    return text[:NOTE_LENGTH]


class _Maker:
    """Make entries by chance, and quickly: what does not change is looked up once."""

    def __init__(self) -> None:
        from emocare import crypto
        from tracker.choices import Cause, Feeling
        from tracker.models import MoodEntry

        self.encrypt, self.binding = crypto.encrypt, f"{MoodEntry._meta.db_table}.note"
        self.feelings, self.causes = Feeling.values, Cause.values

    def entry(self, chance: random.Random, felt_at: datetime, noted: bool) -> dict[str, Any]:
        public_id = uuid.UUID(int=chance.getrandbits(128), version=4)
        return {
            "public_id": public_id,
            "level": chance.choice((1, 2, 3, 3, 4, 4, 5)),
            "feelings": chance.sample(self.feelings, chance.randrange(4)),
            "causes": chance.sample(self.causes, chance.randrange(4)),
            "note": self.encrypt(_note(chance), f"{self.binding}:{public_id}") if noted else b"",
            "prompt": "",
            "felt_at": felt_at,
            "form_key": uuid.UUID(int=chance.getrandbits(128), version=4),
            "created_at": felt_at,
            "updated_at": felt_at,
        }


def _entries(owners: list[int]) -> Iterator[dict[str, Any]]:
    """Yield everybody's entries day by day, as they would have come, so that no person's lie side by side.

    The last day is the Sunday of this week: the week that the pages show is full, whatever day the benchmark runs on.
    """
    from django.utils import timezone

    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    end = timezone.make_aware(datetime.combine(sunday + timedelta(days=1), time.min))
    maker = _Maker()
    chances = [random.Random(i) for i in range(len(owners))]  # noqa: S311 -- the same person in a small and a large fill
    for day in reversed(range(PER_PERSON)):
        for i, (owner, chance) in enumerate(zip(owners, chances, strict=True)):
            moment = end - timedelta(days=day, seconds=chance.randrange(1, 24 * 3600))
            yield {"owner_id": owner, **maker.entry(chance, moment, noted=(day + i) % NOTE_EVERY == 0)}


def _copy(owners: list[int]) -> None:
    from django.db import connection, transaction

    from tracker.models import MoodEntry

    table = MoodEntry._meta.db_table
    # A table emptied in the same transaction needs no write-ahead log.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")
        rows = _entries(owners)
        first = next(rows)
        with cursor.copy(f"COPY {table} ({', '.join(first)}) FROM STDIN") as copy:
            copy.write_row(tuple(first.values()))
            for row in rows:
                copy.write_row(tuple(row.values()))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def cookie_of(key: int) -> str:
    """Sign a person in; return what their browser sends, as after the first page."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import CSRF_SECRET_LENGTH

    from accounts.factors.sessions import NONE_AT_SIGN_IN
    from accounts.models import User

    user = User.objects.get(pk=key)
    session = SessionStore()
    session[SESSION_KEY] = str(key)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[NONE_AT_SIGN_IN] = True
    session.save()
    mine = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: "x" * CSRF_SECRET_LENGTH}
    return "; ".join(f"{name}={value}" for name, value in mine.items())


def main(entries: int) -> None:
    """Migrate, fill, sign in those who are measured, and print their cookies."""
    import django

    from emocare.local import messages

    messages.compile_all()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    owners = make_people(entries // PER_PERSON)
    _copy(owners)
    print(json.dumps([cookie_of(key) for key in owners[:MEASURED]]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
