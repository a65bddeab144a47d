"""Production: it starts with all that it needs, says what is missing, and tells browsers to be strict."""

import base64
import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

NEEDED = {
    "SECRET_KEY": "s" * 25 + "0123456789" * 3,
    "ALLOWED_HOSTS": "emocare.example.kz",
    "DATABASE_URL": "postgresql://nobody:secret-word@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ENCRYPTION_KEYS": "1:" + base64.urlsafe_b64encode(bytes(range(32))).decode(),
}
START = "import django; django.setup(); print('started')"
READ = "from emocare import settings; print('read')"


def run(code: str = START, *, without: str = "", **more: str) -> subprocess.CompletedProcess:
    """Run Python in production, with what it needs and nothing else."""
    own = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "emocare.settings", "EMOCARE_VAR": str(settings.VAR)}
    variables = {name: value for name, value in (own | NEEDED | more).items() if name != without}
    command = [sys.executable, *(["manage.py", *code.split()] if code.startswith("check") else ["-c", code])]
    return subprocess.run(command, env=variables, cwd=settings.BASE_DIR, capture_output=True, text=True)


def values(*names: str, **more: str) -> list:
    done = run(
        f"import json; from django.conf import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))",
        **more,
    )
    return json.loads(done.stdout)


def test_with_all_that_it_needs_it_starts():
    done = run()
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "started", "")


@pytest.mark.parametrize("name", NEEDED)
def test_without_one_of_them_it_does_not_start_and_names_it(name):
    for done in (run(without=name), run(READ, **{name: " "})):
        assert done.returncode != 0
        last = done.stderr.strip().splitlines()[-1]
        assert f"without: {name}." in last
        assert not [other for other in NEEDED if other != name and other in last]


def test_production_is_what_one_gets_without_saying_so_and_by_saying_so():
    for mode in ({}, {"EMOCARE_MODE": "production"}, {"EMOCARE_MODE": ""}):
        assert values("PRODUCTION", "DEMONSTRATION", **mode) == [True, False]
    assert run(READ, EMOCARE_MODE="prod").returncode != 0


@pytest.mark.parametrize("name", NEEDED)
def test_a_secret_can_stand_in_a_file(name, tmp_path):
    (tmp_path / "secret").write_text(NEEDED[name] + "\n")
    done = run(READ, without=name, **{f"{name}_FILE": str(tmp_path / "secret")})
    assert done.stdout.strip() == "read"


def test_a_file_of_a_secret_that_is_not_there_is_named():
    done = run(READ, without="SECRET_KEY", SECRET_KEY_FILE="/nowhere/secret")
    assert done.returncode != 0
    assert "SECRET_KEY_FILE: cannot read /nowhere/secret" in done.stderr


@pytest.mark.parametrize(
    "keys",
    ["x", "1:short", "1:" + "A" * 43 + ",1:" + "B" * 43, "0:" + "A" * 43, "70000:" + "A" * 43, "1:ә" + "A" * 42, ","],
)
def test_malformed_encryption_keys_stop_it_and_are_not_shown(keys):
    done = run(READ, ENCRYPTION_KEYS=keys)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "ENCRYPTION_KEYS" in last
    assert "AAAA" not in last


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMAIL_PORT", "x"),
        ("EMAIL_PORT", "0"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "one"),
        ("DATABASE_POOL", "0"),
        ("DATABASE_POOL", "1.5"),
        ("EMAIL_USE_TLS", "perhaps"),
        ("DEBUG", "maybe"),
        ("SECURE_SSL_REDIRECT", "sometimes"),
        ("EMOCARE_MODE", "prod"),
    ],
)
def test_a_setting_that_is_wrong_stops_it_and_is_named(name, value):
    done = run(READ, **{name: value})
    assert done.returncode != 0
    assert f"{name} must be" in done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "garbage"),
        ("DATABASE_URL", "sqlite:///emocare.db"),
        ("REDIS_URL", "garbage"),
        ("QUICK_EXIT_URL", "weather"),
    ],
)
def test_an_address_that_is_wrong_stops_it_and_is_named(name, value):
    done = run(READ, **{name: value})
    assert done.returncode != 0
    assert name in done.stderr.strip().splitlines()[-1]


def test_debug_is_ignored_in_production():
    assert values("DEBUG", DEBUG="yes") == [False]
    assert values("DEBUG", DEBUG="yes", EMOCARE_MODE="development") == [True]


def test_cookies_are_for_secure_connections_only():
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY")
    assert values(*names) == [True] * 4
    assert values("SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "LANGUAGE_COOKIE_SAMESITE") == ["Lax"] * 3


def test_passwords_are_hashed_with_argon2_alone():
    assert values("PASSWORD_HASHERS") == [["django.contrib.auth.hashers.Argon2PasswordHasher"]]


VISIT = """
import django, json
django.setup()
from django.test import Client
client = Client(headers={"host": "emocare.example.kz"})
page = client.get("/kk/account/login/", secure=True)
shown = client.post("/kk/display/", {"theme": "dark"}, secure=True)
plain = client.get("/kk/about/")
forged = client.get("/kk/about/", headers={"x-forwarded-proto": "https"})
print(json.dumps({
    "hsts": page.headers["Strict-Transport-Security"],
    "page": page.status_code,
    "cookies": {name: bool(cookie["secure"]) for name, cookie in client.cookies.items()},
    "plain": [plain.status_code, plain.url],
    "forged": forged.status_code,
    "host": client.get("/kk/about/", secure=True, headers={"host": "evil.example"}).status_code,
}))
"""


def test_a_visit_is_secure_from_the_first_page():
    done = run(VISIT)
    assert done.returncode == 0, done.stderr
    visit = json.loads(done.stdout)
    assert visit["page"] == 200
    assert visit["hsts"] == "max-age=31536000; includeSubDomains"
    assert visit["cookies"] == {"__Host-csrftoken": True, "emocare_display": True}
    assert visit["plain"] == [301, "https://emocare.example.kz/kk/about/"]
    assert visit["forged"] == 301
    assert visit["host"] == 400


def test_behind_a_proxy_its_word_for_the_connection_counts():
    assert json.loads(run(VISIT, TRUSTED_PROXIES="1").stdout)["forged"] == 200


def test_the_checks_for_deployment_find_nothing():
    done = run("check --deploy --fail-level WARNING")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_whole_domain_goes_into_the_browsers_list_only_when_its_operator_says_so():
    assert values("SECURE_HSTS_PRELOAD") == [False]
    assert values("SECURE_HSTS_PRELOAD", HSTS_PRELOAD="yes") == [True]
    assert json.loads(run(VISIT, HSTS_PRELOAD="yes").stdout)["hsts"] == "max-age=31536000; includeSubDomains; preload"


def test_cookies_that_open_something_belong_to_this_host_alone():
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME")
    assert all(name.startswith("__Host-") for name in values(*names))
    assert values("SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH", "CSRF_COOKIE_DOMAIN", "CSRF_COOKIE_PATH") == [
        None,
        "/",
        None,
        "/",
    ]
    assert not any(name.startswith("__Host-") for name in values(*names, EMOCARE_MODE="development"))


def test_a_weak_secret_key_is_warned_of():
    assert "security.W009" in run("check --deploy", SECRET_KEY="short").stderr


def test_ages_are_read_and_those_that_contradict_each_other_are_refused():
    assert values("CONSENT_AGE", "ADULT_AGE") == [16, 18]
    assert values("CONSENT_AGE", "ADULT_AGE", CONSENT_AGE="14", ADULT_AGE="21") == [14, 21]
    assert "ADULT_AGE must be at least 19" in run(READ, CONSENT_AGE="19").stderr


def test_a_sign_in_is_kept_for_longer_than_its_session_lasts():
    assert values("KEEP_DAYS", KEEP_SIGN_INS_DAYS="32")[0]["sign_ins"] == 32
    done = run(READ, KEEP_SIGN_INS_DAYS="32", SESSION_HOURS_USER="960")
    assert "KEEP_SIGN_INS_DAYS must be at least 42" in done.stderr


# Where operators look for them, and where they write them down


def read_by_settings() -> set[str]:
    text = (settings.BASE_DIR / "emocare/settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'env\.(?!origin|require)\w+\(\s*"([A-Z_]+)"', text))


def test_each_variable_is_documented():
    text = (settings.BASE_DIR / "docs/configuration.md").read_text(encoding="utf-8")
    assert read_by_settings() - set(re.findall(r"`([A-Z_]+)`", text)) == set()


def test_each_variable_reaches_the_containers_once():
    compose = (settings.BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8")
    given = re.findall(r"^ {4}([A-Z_]+):", compose.partition("\nservices:")[0], re.MULTILINE)
    assert len(given) == len(set(given))
    apart = (settings.BASE_DIR / "Dockerfile").read_text(encoding="utf-8") + compose.partition("\nservices:")[2]
    # For a trial, and for a proxy that serves without TLS.
    left_out = {"DEBUG", "EMOCARE_VAR", "SECURE_SSL_REDIRECT"}
    assert read_by_settings() - set(given) - set(re.findall(r"[A-Z_]+(?=[=:])", apart)) == left_out
