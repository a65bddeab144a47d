"""Every page in every language, for everybody: no word of another language, no broken link, the right frame."""

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from accounts.choices import Role
from accounts.factors.access import must_have
from accounts.kin.choices import Right
from accounts.models import Application, User
from accounts.retention.services import run
from accounts.roles.choices import State
from emocare.background import TITLES
from emocare.local.messages import catalogues
from notifications.models import Notification
from tests.support import helping
from tests.support.all_pages import ADMIN_PAGES, MISSING_ON_PURPOSE, NO_PAGES, TWINS, UNLINKED
from tests.support.background import register_worker, store_failed
from tests.support.belongings import breach_of, furnish, judgement_of
from tests.support.cast import confirm, make_person, make_support, remember_no_factor, verify
from tests.support.crawl import Visit, all_patterns, crawl, visit, words
from tests.support.html import loose_ends
from tests.support.news import news_of
from tests.support.past_requests import asked
from tests.support.talks import talk
from tests.support.training import certified, failed, passed, reader, taking_the_test
from tests.support.urgent_help import case_of
from tests_app.models import Version

LANGUAGES = dict(settings.LANGUAGES)
ROLES = {
    "nobody": None,
    "user": {},
    "volunteer": {"role": Role.VOLUNTEER},
    "psychologist": {"role": Role.PSYCHOLOGIST},
    "curator": {"role": Role.STAFF},
    "admin": {"is_staff": True, "is_superuser": True},
}
# At which step of the training each of them is.
TRAINING = {
    "user": taking_the_test,
    "volunteer": certified,
    "psychologist": failed,
    "curator": passed,
    "admin": reader,
}
OWED = {
    "accounts/user/ID/password/": "Django joins a help text when it is loaded, so it stays Kazakh; its end is English",
    "accounts/user/ID/delete/": "names of the models of django-otp",
}
# Descriptions of pictures that Django's own site has in English alone, codes of languages, technical names.
ADMIN_NAMES = {"Search", "True", "False", "kk", "ru", "en", "SSO", "LDAP", "JSON", "UTF-"}

CYRILLIC = re.compile("[\u0400-\u04ff]")
KAZAKH_LETTERS = re.compile("[әғқңөұүһі]", re.IGNORECASE)
RUSSIAN_WORDS = re.compile(r"\b(адрес|вы|для|если|или|нажмите|нельзя|это|что|чтобы|пароль|ваш[аеи]?)\b", re.IGNORECASE)
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'-]+")
# Names and signs that are the same in every language.
NAMES = {
    "Emocare",
    "Golos",
    "OpenDyslexic",
    "WhatsApp",
    "WCAG",
    "AA",
    "AAA",
    "JPEG",
    "PNG",
    "WebP",
    "UTC",
    "AGPL",
    "CSV",
    "FHIR",
    "ZIP",
    "PDF",
    "QR",
    "Daylio",
    "Android",
    "iPhone",
    "Chrome",
    "Safari",
    "Edge",
}
NAMES |= {"JavaScript", "Shift", "Esc", "Ctrl", "Alt", "Space", "Tab", "Enter", "Escape", "Home", "End"}
NAMES |= {"cookie", "Cookie"}  # «cookie файлдары», «файлы cookie»
NAMES |= {"PHQ-", "GAD-", "WHO-", "AUDIT-C", "PC-PTSD-", "WG-SS"}  # under which professionals know tests
NAMES |= {"DOCX", "ODT", "Word", "OpenDocument"}
NAMES |= {"Google", "Mozilla", "Apple", "Microsoft", "iPad"}
NAMES |= {"OpenMoji", "CC", "BY-SA"}
NAMES |= {"Emocare-"}  # with a Kazakh ending: «Emocare-де»
LANGUAGE_NAMES = set(LANGUAGES.values())  # each in itself, also where a person chooses one


@pytest.fixture
def browser(db, settings):
    """Return a browser of somebody whose name and words are digits: whatever else a page says, it says itself."""
    # Whoever is signed out meets the sign-in at each page that needs it, and answers it wrongly each time.
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": False}

    def of(role: str, language: str) -> Client:
        client = Client(headers={"accept-language": language})
        if ROLES[role] is None:
            return client
        person = make_person(role, language=language, **ROLES[role])
        furnish(person)
        TRAINING.get(role, lambda _person: None)(person)
        talk(helping.helpers_around(person))
        if person.is_helper:
            talk(helping.people_around(person))
        if person.is_psychologist:
            client.more = [f"urgent/{case_of(person).public_id}/"]  # pages also lead to those that somebody could take
        friend = make_person(f"{role}-friend")
        make_support(person, friend, *Right, name="7")
        make_support(friend, person, *Right, name="7")
        User.objects.update(shown_name="7")
        Notification.objects.all().delete()
        news_of(person)
        client.force_login(person, backend="notifications.backends.AuthenticationBackend")
        confirm(client, person)
        if must_have(person):
            verify(client, person)
        else:
            remember_no_factor(client)
        return client

    return of


# What is foreign on a page


def english_on(texts: list[str]) -> set[str]:
    return {word for text in texts for word in LATIN_WORD.findall(text)} - NAMES


@cache
def only_russian() -> set[str]:
    """Return the translations of the Russian catalogues that no Kazakh one has."""
    texts: dict[str, set[str]] = {"kk": set(), "ru": set()}
    for path in catalogues.LOCALE.rglob("*.po"):
        if (language := path.parent.parent.name) in texts:
            for message in catalogues.entries(catalogues.read(path, language)):
                texts[language].update(text.strip() for text in catalogues.texts(message))
    return {text for text in texts["ru"] - texts["kk"] if CYRILLIC.search(text)}


def russian_on(texts: list[str]) -> set[str]:
    """Return texts that are Russian translations, have Russian words, or are long without a Kazakh letter."""
    found = {text for text in texts if text in only_russian() or RUSSIAN_WORDS.search(text)}
    long = {text for text in texts if len(CYRILLIC.findall(text)) > 40}
    return found | {text for text in long if not KAZAKH_LETTERS.search(text)}


def foreign(soup, language: str) -> set[str]:
    """Return what a page says in another language than its own."""
    texts = [text for text in words(soup, language) if text not in LANGUAGE_NAMES]
    if language == "en":
        return {text for text in texts if CYRILLIC.search(text)}
    if language == "ru":
        return english_on(texts) | {text for text in texts if KAZAKH_LETTERS.search(text)}
    return english_on(texts) | russian_on(texts)


def check(visits: list[Visit], language: str, names: frozenset[str] | set[str] = frozenset()) -> None:
    assert {v.how: found for v in visits if (found := foreign(v.soup, language) - names)} == {}
    assert {v.how: v.soup.html.get("lang") for v in visits if v.soup.html.get("lang") != language} == {}


# The crawl


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_in_its_own_language_and_every_link_leads_somewhere(browser, role, language):
    walk(browser(role, language), language)


@pytest.mark.long
def test_every_page_is_in_english_too_and_the_crawl_reaches_all_of_them(browser):
    """A page that no link leads to must be named in UNLINKED."""
    reached = {visit.name for role in ROLES for visit in walk(browser(role, "en"), "en")}
    pages = {name for name, _pattern in all_patterns() if ":" not in name}
    assert (pages - reached - NO_PAGES, NO_PAGES & reached) == (set(), set())


def walk(client: Client, language: str) -> list[Visit]:
    """Return every page that somebody reaches, all of them found to be right."""
    top = f"/{language}/"
    visits = crawl(client, [top, *(top + place for place in [*UNLINKED, *getattr(client, "more", [])])], below=top)
    check(visits, language)
    allowed = {how.replace("GET ", f"GET {top}"): status for how, status in MISSING_ON_PURPOSE.items()}
    broken = {v.how: v.status for v in visits if v.status >= 400 and allowed.get(v.how) != v.status}
    assert broken == {}
    frames_are_right(visits)
    titles_are_unique(visits)
    return visits


def frames_are_right(visits: list[Visit]) -> None:
    for v in visits:
        named = {button["lang"]: button.get_text().strip() for button in v.soup.select(".languages [lang]")}
        assert named == LANGUAGES, v.how
        assert len(v.soup.find_all("h1")) == len(v.soup.find_all("main")) == 1, v.how
        assert v.title.endswith(" · Emocare"), v.how


def titles_are_unique(visits: list[Visit]) -> None:
    """One title means one kind of page: several entries have the same form."""
    kinds: dict[str, set] = {}
    for v in visits:
        if v.status == 200 and v.how.startswith("GET"):
            kinds.setdefault(v.title, set()).add(v.name)
    assert [names for names in kinds.values() if len(names) > 1 and names != TWINS] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_a_page_points_at_what_is_not_there(browser, language):
    client = browser("user", language)
    for place in ("dashboard/", "mood/", "mood/record/", "display/", "urgent-help/", "account/email/"):
        assert loose_ends(client.get(f"/{language}/{place}")) == [], place


def test_nothing_on_the_profile_has_the_id_of_something_else(browser):
    assert loose_ends(browser("user", "kk").get("/kk/profile/")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_with_new_recovery_codes_is_in_its_own_language(browser, language):
    answers = {"nickname": "7777", "password": "kerneu-bulaq-7777", "age": "adult", "consent": "on"}
    response = browser("nobody", language).post(f"/{language}/account/sign-up/anonymous/", answers)
    codes = visit("the codes", response)
    assert len(codes.soup.select(".codes code")) == settings.RECOVERY_CODE_COUNT
    check([codes], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_in_the_test_of_the_training_is_said_in_its_own_language(browser, language):
    client = browser("user", language)
    attempt = User.objects.get(email="user@example.kz").test_attempts.get()
    address = f"/{language}/training/test/{attempt.public_id}/"
    empty, nonsense = client.post(address), client.post(address, {f"q{number}": "7" for number in range(1, 16)})
    check([visit("empty", empty), visit("nonsense", nonsense)], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages_are_in_the_language_of_the_address(browser, owner, language):
    strict = Client(enforce_csrf_checks=True)
    too_large = browser("user", language).post(f"/{language}/mood/record/", {"note": "7" * 1024 * 1024})
    pages = [
        visit("400", too_large),
        visit("csrf", strict.post(f"/{language}/display/")),
        visit("404", strict.get(f"/{language}/nothing/")),
    ]
    assert [v.status for v in pages] == [400, 403, 404]
    check(pages, language)
    frames_are_right(pages)


# The administrators' site


def admin_pages() -> list:
    """Return page and language; what is not right yet is marked with the reason."""
    owed = {
        (place, language): pytest.mark.xfail(strict=True, reason=reason)
        for place, reason in OWED.items()
        for language in ("kk", "ru", "en")
        if language != "en" or place.endswith("/password/")
    }
    pairs = [(place, language) for place in ADMIN_PAGES for language in LANGUAGES]
    return [pytest.param(*pair, marks=owed.get(pair, ())) for pair in pairs]


@pytest.mark.parametrize(("place", "language"), admin_pages())
def test_the_administrators_pages_are_in_the_language_of_the_account(browser, place, language):
    client = browser("admin", language)
    admin = User.objects.get(is_staff=True)
    suspended = Application.objects.get(state=State.SUSPENDED)
    certificate = certified(make_person("certified"))
    sentence = judgement_of(make_person("sender"))
    User.objects.update(shown_name="7")
    ids = {"APPLICATION": suspended, "CERTIFICATE": certificate, "ID": admin, "BREACH": breach_of(admin), "RUN": run()}
    ids |= {"JUDGEMENT": sentence, "REQUEST": asked(sentence.user)}
    register_worker()
    store_failed(*(name for name, title in TITLES.items() if title))
    ids["VERSION"] = Version.objects.get(instrument__key="carer-load")  # `browser` loads the tests
    for word, row in ids.items():
        place = place.replace(word, str(row.pk))
    visits = crawl(client, [f"/admin/{place}"], below="/nowhere/")
    assert visits[0].status == 200
    check(visits, language, ADMIN_NAMES)


# The detector itself


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Save"),
        ("kk", "Срочная помощь"),
        ("kk", "Если это срочно"),
        ("ru", "Save"),
        ("ru", "Шұғыл көмек"),
        ("en", "Шұғыл көмек"),
        ("en", "Срочная помощь"),
    ],
)
def test_a_foreign_word_is_noticed_wherever_it_stands(language, text):
    for markup in (f"<p>{text}</p>", f'<img alt="{text}">', f'<a aria-label="{text}"></a>', f"<title>{text}</title>"):
        assert foreign(parsed(markup, language), language), markup


@pytest.mark.parametrize(
    "markup",
    [
        '<button lang="ru">Русский</button>',
        "<code>ABCD-EFGH</code>",
        "<p>Emocare, JPEG, 112, somebody@example.kz, https://example.com/</p>",
        "<!-- a comment -->",
        "<script>let words;</script>",
    ],
)
def test_names_codes_and_marked_parts_are_no_foreign_words(markup):
    assert foreign(parsed(f"<p>Сәлем</p>{markup}", "kk"), "kk") == set()


def parsed(markup: str, language: str) -> BeautifulSoup:
    return BeautifulSoup(f"<!doctype html><html lang='{language}'>{markup}</html>", "html.parser")
