"""An operator of the server signs people out."""

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def is_in(client) -> bool:
    return client.get("/kk/dashboard/").status_code == 200


def test_who_is_named_is_signed_out_everywhere_and_nobody_else(owner, other_user, as_person, capsys):
    here, there, stranger = as_person(owner), as_person(owner), as_person(other_user)
    call_command("end_sessions", owner.email)
    assert [is_in(client) for client in (here, there, stranger)] == [False, False, True]
    assert capsys.readouterr().out == "sessions: 2\n"


def test_everybody_can_be_signed_out_at_once(owner, other_user, anonymous_account, as_person):
    clients = [as_person(person) for person in (owner, other_user, anonymous_account)]
    call_command("end_sessions", "--all")
    assert not any(is_in(client) for client in clients)


@pytest.mark.parametrize("names", [[], ["--all", "owner@example.kz"], ["owner@example.kz", "nobody@example.kz"]])
def test_who_is_meant_must_be_clear(owner, as_person, names):
    client = as_person(owner)
    with pytest.raises(CommandError):
        call_command("end_sessions", *names)
    assert is_in(client)
