"""Pairs of a person and a helper who may write to each other: `python -m bench.chat_people PAIRS` fills a database.

Its last line is JSON: for each pair the conversation's id and the cookies of the two.
"""

import json
import sys

TABLE = """
CREATE TABLE bare_message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, conversation uuid NOT NULL, client_id uuid NOT NULL,
    author text NOT NULL, text text NOT NULL, written_at timestamptz NOT NULL, UNIQUE (conversation, client_id)
);
CREATE INDEX ON bare_message (conversation, id);
"""


def _signed_in(keys: list[int]) -> dict[int, str]:
    """Sign people in; return the cookies of their browsers, by the people's keys."""
    from importlib import import_module

    from django.conf import settings

    from accounts.models import User
    from accounts.signin.services import SIGN_IN
    from bench.people import cookie_of

    store, cookies = import_module(settings.SESSION_ENGINE).SessionStore, {}
    for user in User.objects.filter(pk__in=keys):
        cookies[user.pk] = cookie_of(user.pk)
        session = store(cookies[user.pk].split(";")[0].partition("=")[2])
        sign_in = user.sign_ins.create(way="password", device="Firefox", session=user.public_id.bytes)
        session[SIGN_IN] = str(sign_in.public_id)
        session.save()
    return cookies


def main(pairs: int) -> None:
    """Migrate, make the pairs, and print them."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from accounts.choices import Role
    from accounts.helping.choices import How, State
    from accounts.models import Assignment, User
    from bench.people import make_people
    from chat.models import Conversation, Side

    call_command("migrate", verbosity=0)
    keys = make_people(2 * pairs)
    both = list(zip(keys[:pairs], keys[pairs:], strict=True))
    User.objects.filter(pk__in=keys[pairs:]).update(role=Role.VOLUNTEER)
    now = timezone.now()
    same = {"role": Role.VOLUNTEER, "how": How.ADMINISTRATOR, "state": State.ACTIVE, "asked_at": now, "started_at": now}
    Assignment.objects.bulk_create(Assignment(user_id=one, helper_id=other, **same) for one, other in both)
    made = Conversation.objects.bulk_create(Conversation(owner_id=one, helper_id=other) for one, other in both)
    Side.objects.bulk_create(Side(conversation=c, person_id=key) for c in made for key in (c.owner_id, c.helper_id))
    cookies = _signed_in(keys)
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps([[str(c.public_id), cookies[c.owner_id], cookies[c.helper_id]] for c in made]))


if __name__ == "__main__":
    main(int(float(sys.argv[1])))
