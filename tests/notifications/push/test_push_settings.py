"""The key of web push: off without one, explained when it is none."""

import os
import subprocess
import sys

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.urls import reverse

from notifications.push import keys


def told(settings, **values: object) -> list[str]:
    for name, value in values.items():
        setattr(settings, name, value)
    return [message.id for message in run_checks() if (message.id or "").startswith("emocare.")]


def test_the_command_prints_a_key_that_works(settings, capsys):
    call_command("new_vapid_key")
    printed = capsys.readouterr()
    settings.VAPID_PRIVATE_KEY = printed.out.strip().removeprefix("VAPID_PRIVATE_KEY=")
    assert keys.public() in printed.err
    assert len(keys.to_bytes(keys.public())) == 65
    assert told(settings) == []


def test_the_secrets_of_an_operator_hold_one_too(settings):
    done = subprocess.run([sys.executable, "deploy/new_secrets.py"], capture_output=True, text=True, check=True)
    key = next(line for line in done.stdout.splitlines() if line.startswith("VAPID_PRIVATE_KEY="))
    settings.VAPID_PRIVATE_KEY = key.partition("=")[2]
    assert keys.is_on()


@pytest.mark.parametrize("key", ["x", "A" * 43, "_" * 43, "ә" * 43, "A" * 42, "-----BEGIN EC PRIVATE KEY-----"])
def test_a_key_that_is_none_is_explained_and_not_shown(settings, key):
    settings.VAPID_PRIVATE_KEY = key
    error = next(message for message in run_checks() if message.id == "emocare.E101")
    assert "new_vapid_key" in error.hint
    assert key not in str(error)
    assert not keys.is_on()


def test_the_contact_is_needed_and_looked_at(settings):
    assert told(settings, VAPID_CONTACT="") == ["emocare.W101"]
    assert not keys.is_on()
    assert told(settings, VAPID_CONTACT="the operator") == ["emocare.E102"]
    assert told(settings, VAPID_CONTACT="mailto:help@example.kz") == []


def test_in_production_messages_go_over_tls_alone(settings):
    assert told(settings, PRODUCTION=True, PUSH_SERVICES=["http://127.0.0.1:9"]) == ["emocare.E103"]
    assert told(settings, PRODUCTION=True, PUSH_SERVICES=["*.push.example.org"]) == []


@pytest.mark.django_db
def test_without_a_key_there_is_no_button_anywhere(settings, as_person, owner):
    settings.VAPID_PRIVATE_KEY = ""
    for name in ("push_devices", "push_key"):
        assert as_person(owner).get(reverse(name)).status_code == 404
    assert as_person(owner).post(reverse("push_devices"), {}, content_type="application/json").status_code == 404


def test_the_key_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("from-a-file\n")
    code = "from emocare import settings; print(settings.VAPID_PRIVATE_KEY)"
    own = {name: value for name, value in os.environ.items() if name != "VAPID_PRIVATE_KEY"}
    environment = own | {"VAPID_PRIVATE_KEY_FILE": str(tmp_path / "key")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "from-a-file"
