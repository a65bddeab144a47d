"""How pages look: in the browser before sign-in, in the account after it."""

from urllib.parse import parse_qsl

import pytest
from django.test import Client

from accounts.models import User
from emocare.display import CHOICES, COOKIE, Display
from tests.accounts.support import chosen, title
from tests.support.cast import PASSWORD, make_person
from tests.support.html import page

pytestmark = pytest.mark.django_db
PAGE = "/kk/display/"
CHOICE = {
    "theme": "yellow-on-black",
    "text": "200",
    "line": "wide",
    "letter": "widest",
    "font": "dyslexic",
    "images": "off",
    "motion": "less",
}


def look(client: Client, address: str = "/kk/") -> dict[str, str]:
    """Return how the page says it looks."""
    html = page(client.get(address)).html
    return {name: html[f"data-{name}"] for name in CHOICES}


def cookie(client: Client) -> dict[str, str]:
    return dict(parse_qsl(client.cookies[COOKIE].value))


def on_the_wire(header: str) -> str:
    """Return a header as a server hands its bytes to the site."""
    return header.encode().decode("latin-1")


def sign_in(client: Client, name: str = "owner") -> None:
    client.post("/kk/account/login/", {"login": f"{name}@example.kz", "password": PASSWORD})


def test_a_choice_is_seen_at_once_without_signing_in(client):
    assert look(client) == Display().as_dict()
    answer = client.post(PAGE, CHOICE | {"next": "/kk/about/"})
    assert answer.url == "/kk/about/"
    assert look(client) == CHOICE
    assert look(client, "/kk/urgent-help/") == CHOICE
    assert look(client, "/kk/no-such-page/") == CHOICE
    assert {chosen(client.get(PAGE), name)[0] for name in CHOICE} == set(CHOICE.values())


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in CHOICES for value, _label in CHOICES[name]])
def test_each_choice_can_be_made(client, name, value):
    client.post(PAGE, {name: value})
    assert look(client) == Display().as_dict() | {name: value}


def test_the_cookie_lasts_a_year_and_no_script_reads_it(client):
    client.post(PAGE, CHOICE)
    kept = client.cookies[COOKIE]
    assert (kept["max-age"], kept["samesite"], kept["httponly"], kept["path"]) == (31_536_000, "Lax", True, "/")
    assert client.post(PAGE, CHOICE, secure=True).cookies[COOKIE]["secure"]


def test_a_choice_goes_into_the_account_and_follows_to_another_browser(owner, as_person):
    as_person(owner).post(PAGE, CHOICE)
    assert User.objects.get().display == CHOICE
    other = Client()
    sign_in(other)
    assert look(other, "/kk/about/") == CHOICE


def test_only_what_differs_from_the_usual_look_is_kept(owner, as_person):
    client = as_person(owner)
    client.post(PAGE, {"theme": "dark", "text": "100", "line": "normal"})
    assert cookie(client) == {"theme": "dark"}
    assert User.objects.get().display == {"theme": "dark"}


def test_the_usual_look_comes_back_here_and_in_the_account(owner, as_person):
    client = as_person(owner)
    client.post(PAGE, CHOICE)
    client.post(PAGE, CHOICE | {"reset": "1"})
    assert look(client, "/kk/about/") == Display().as_dict()
    assert User.objects.get().display == {}


def test_an_account_without_a_choice_takes_that_of_the_browser(owner):
    client = Client()
    client.post(PAGE, {"theme": "blue"})
    sign_in(client)
    assert User.objects.get().display == {"theme": "blue"}
    assert look(client, "/kk/about/")["theme"] == "blue"


def test_the_choice_of_the_account_wins_over_that_of_the_browser():
    make_person("owner", display={"theme": "brown"})
    client = Client()
    client.post(PAGE, {"theme": "blue", "text": "300"})
    sign_in(client)
    assert look(client, "/kk/about/") == Display(theme="brown").as_dict()
    assert User.objects.get().display == {"theme": "brown"}


def test_the_choice_stays_in_the_browser_after_signing_out(owner, as_person):
    client = as_person(owner)
    client.post(PAGE, {"theme": "dark"})
    client.post("/kk/account/logout/")
    assert look(client)["theme"] == "dark"


@pytest.mark.parametrize("value", ["", "x", "dark; max-age=0", "<script>", "a\0b", "Ә" * 200, '"', "dark\r\nX: y"])
def test_an_unknown_value_is_the_usual_one(owner, as_person, value):
    client = as_person(owner)
    answer = client.post(PAGE, dict.fromkeys(CHOICES, value))
    assert answer.status_code == 302
    assert look(client, "/kk/about/") == Display().as_dict()
    assert User.objects.get().display == {}


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", ""])
def test_the_way_back_never_leads_to_another_site(client, target):
    assert client.post(PAGE, CHOICE | {"next": target}).url == PAGE
    assert client.post(PAGE, CHOICE | {"next": "/ru/rules/?a=b"}).url == "/ru/rules/?a=b"


@pytest.mark.parametrize(
    "garbage",
    [
        "x" * 5000,
        "theme=dark&" * 400,
        '"theme=dark',
        "theme=\\000\\0",
        "%00%00=%00",
        "theme=%FF%FE",
        "Ә=ө&theme=Қара",
        "&&==&&=&",
        "theme=dark;theme=blue",
        "{'theme': 'dark'}",
        "text=1e9&theme[]=dark",
    ],
)
def test_a_garbage_cookie_breaks_no_page(client, owner, as_person, garbage):
    for address in ("/kk/", PAGE, "/kk/urgent-help/", "/kk/no-such-page/"):
        answer = Client().get(address, headers={"cookie": on_the_wire(f"{COOKIE}={garbage}")})
        assert answer.status_code == (404 if "no-such" in address else 200)
    session = as_person(owner).cookies["sessionid"].value
    sent = on_the_wire(f"sessionid={session}; {COOKIE}={garbage}")
    assert client.get("/kk/dashboard/", headers={"cookie": sent}).status_code == 200


@pytest.mark.parametrize("garbage", ["x" * 5000, "../../etc", "kk-" * 300, '"', "\u04d9", "%00"])
def test_a_garbage_cookie_of_the_language_breaks_no_page(client, garbage):
    for address in ("/", "/kk/", "/no-such-page/"):
        for headers in ({"cookie": f"emocare_language={garbage}"}, {"accept-language": garbage}):
            sent = {name: on_the_wire(value) for name, value in headers.items()}
            assert client.get(address, headers=sent).status_code in {200, 302, 404}


def test_a_broken_look_in_the_account_is_the_usual_one():
    make_person("owner", display={"theme": ["x"], "text": 7, "junk": {}})
    client = Client()
    sign_in(client)
    assert look(client, "/kk/about/") == Display().as_dict()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_of_the_settings_is_there_in_each_language(client, language):
    shown = client.get(f"/{language}/display/")
    assert page(shown).html["lang"] == language
    assert title(shown)
    assert client.delete(f"/{language}/display/").status_code == 405
