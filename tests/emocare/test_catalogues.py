"""The catalogues are complete, up to date, and written in the language they claim."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django import forms
from django.apps import apps
from django.utils import formats, translation
from django.utils.translation import ngettext, pgettext, trans_real

from emocare.local.messages import catalogues, compile_all, extraction, libraries, updates

TRANSLATED = sorted(path for path in catalogues.LOCALE.rglob("*.po") if path.parent.parent.name != "en")
NAMES = {path: path.relative_to(catalogues.LOCALE).as_posix() for path in TRANSLATED}

# The same in every language.
SAME = {
    ", ",
    "%(class_name)s %(instance)s",
    "%(truncated_text)s…",
    ":",
    ":?.!",
    "HTTP Accept",
    "IPv4",
    "IPv6",
    "URL",
    "…",
}
# Kazakh sentences that happen to have none of the letters that Russian lacks.
PLAIN_KAZAKH: set[str] = set()

CYRILLIC = re.compile("[\u0400-\u04ff]")
KAZAKH_LETTERS = re.compile("[әғқңөұүһі]", re.IGNORECASE)
RUSSIAN_WORDS = re.compile(
    r"\b(адрес|вы|для|если|или|нажмите|нельзя|ошибка|пароль|пожалуйста|страница|также|чтобы|что|это)\b", re.IGNORECASE
)
# «мүгедектігі бар адам» and «человек с инвалидностью» put the person first; these do not.
FORBIDDEN = re.compile(r"\b(мүгедек(?!ті[гк])\w*|инвалид(?!ност)\w*|кемтар\w*)", re.IGNORECASE)
MIXED_ALPHABETS = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
PLACEHOLDERS = re.compile(r"%%|%\(\w+\)[a-z]|%[a-z]\b|\{\w*\}")
TAGS = re.compile(r"</?[a-z][^>]*>")

per_catalogue = pytest.mark.parametrize("path", TRANSLATED, ids=NAMES.get)
per_language = pytest.mark.parametrize("language", catalogues.LIBRARY_LANGUAGES)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    if compile_all():
        # Django and gettext both remember what they read before.
        trans_real._translations.clear()
        trans_real.gettext_module._translations.clear()


def messages(path: Path) -> list[Message]:
    return catalogues.entries(catalogues.read(path, language_of(path)))


def language_of(path: Path) -> str:
    return path.parent.parent.name


def forms_of(message: Message) -> list[str]:
    return [text for text in catalogues.texts(message) if text]


def originals_of(message: Message, form: int) -> tuple[str, ...]:
    """Return the English texts that a form may agree with."""
    if not message.pluralizable:
        return (message.id,)
    # Kazakh has a form for one alone, as English; the first of Russian is for 21 too and needs its number.
    return message.id if form == 0 and len(message.string) == 2 else message.id[1:]


def texts_in(language: str) -> list[str]:
    paths = [path for path in TRANSLATED if language_of(path) == language]
    return [text for path in paths for message in messages(path) for text in forms_of(message)]


def shape_of(text: str) -> tuple[object, ...]:
    """Return what a translation may not change: tags, placeholders and the line ends around it."""
    named = {name for name in PLACEHOLDERS.findall(text) if len(name) > 2}
    others = sorted(name for name in PLACEHOLDERS.findall(text) if len(name) <= 2)
    return sorted(TAGS.findall(text)), named, others, text.startswith("\n"), text.endswith("\n")


def words_of(text: str) -> str:
    return PLACEHOLDERS.sub(" ", TAGS.sub(" ", text))


# Complete


@per_catalogue
def test_every_entry_is_translated_and_none_is_a_guess(path):
    assert [catalogues.key(message) for message in messages(path) if not catalogues.is_translated(message)] == []


def test_the_catalogues_have_exactly_the_strings_of_the_sources():
    stale = [path for path, content in updates.own() if not path.exists() or path.read_bytes() != content]
    assert stale == [], "run: make messages"


def test_the_catalogues_have_every_string_that_the_installed_libraries_leave_untranslated():
    stale = [path for path, content in updates.of_libraries() if not path.exists() or path.read_bytes() != content]
    assert stale == [], "run: make messages"


@per_language
@pytest.mark.parametrize("domain", libraries.DOMAINS)
def test_every_string_of_a_library_is_shown_translated(language, domain):
    # The merged catalogue itself: a look-up would fall back to Kazakh and hide what Russian lacks.
    known = trans_real.DjangoTranslation(language, domain=domain)._catalog
    for context, text in map(catalogues.key, catalogues.entries(libraries.shipped(domain))):
        looked_up = f"{context}\x04{text}" if context else text
        shown = known.get(looked_up) or known.get((looked_up, 0))
        assert shown, (context, text)
        assert text in SAME or shown != text


def test_every_installed_library_with_strings_is_covered():
    covered = {location for message in libraries.shipped() for location, _ in message.locations}
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if catalogues.ROOT in folder.parents and ".venv" not in folder.parts:
            continue
        unused = {folder / part for part in libraries.PACKAGES.get(app.name, ())}
        base = folder.parents[app.name.count(".")]
        strings = extraction.extract_all(extraction.walk(folder, skipped=unused.__contains__), base=base)
        files = {location for message in strings for location, _ in message.locations}
        assert files <= covered, f"{app.name} belongs into emocare.local.messages.libraries.PACKAGES"


# Well formed


@per_catalogue
def test_translations_keep_placeholders_tags_and_line_ends(path):
    for message in messages(path):
        for number, text in enumerate(forms_of(message)):
            assert shape_of(text) in [shape_of(original) for original in originals_of(message, number)], text


@per_language
def test_no_word_mixes_latin_and_cyrillic_letters(language):
    assert [text for text in texts_in(language) if MIXED_ALPHABETS.search(words_of(text))] == []


def test_our_own_strings_are_english_in_the_sources():
    cyrillic = [text for _, text in map(catalogues.key, messages(catalogues.own_path("kk"))) if CYRILLIC.search(text)]
    assert cyrillic == []


# In the right language


def test_russian_has_no_kazakh_letters():
    assert [text for text in texts_in("ru") if KAZAKH_LETTERS.search(text)] == []


def test_kazakh_is_kazakh():
    assert [text for text in texts_in("kk") if RUSSIAN_WORDS.search(text)] == []
    long = [text for text in texts_in("kk") if len(CYRILLIC.findall(words_of(text))) > 25]
    assert [text for text in long if not KAZAKH_LETTERS.search(text) and text not in PLAIN_KAZAKH] == []


@per_language
def test_the_person_comes_first(language):
    assert [text for text in texts_in(language) if FORBIDDEN.search(text)] == []


# Plurals, dates and numbers


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", ["1 күн", "2 күн", "5 күн", "11 күн", "21 күн", "22 күн"]),
        ("ru", ["1 день", "2 дня", "5 дней", "11 дней", "21 день", "22 дня"]),
        ("en", ["1 day", "2 days", "5 days", "11 days", "21 days", "22 days"]),
    ],
)
def test_plurals_of_the_library(language, expected):
    with translation.override(language):
        assert [ngettext("%(num)d day", "%(num)d days", n) % {"num": n} for n in (1, 2, 5, 11, 21, 22)] == expected


def test_our_three_russian_forms_live_beside_the_four_of_django():
    endings = {1: "символа", 2: "символов", 5: "символов", 11: "символов", 21: "символа", 112: "символов"}
    single = "Your password must contain at least %(min_length)d character."
    plural = "Your password must contain at least %(min_length)d characters."
    with translation.override("ru"):
        for n, ending in endings.items():
            assert ngettext(single, plural, n) % {"min_length": n} == f"В пароле должно быть не меньше {n} {ending}."


@pytest.mark.parametrize(
    ("language", "long", "short", "moment", "month"),
    [
        ("kk", "2026 ж. 22 қараша", "22.11.2026", "2026 ж. 22 қараша, 14:05", "2026 ж. қараша"),
        ("ru", "22 ноября 2026 г.", "22.11.2026", "22 ноября 2026 г., 14:05", "ноябрь 2026 г."),
        ("en", "22 November 2026", "22/11/2026", "22 November 2026, 14:05", "November 2026"),
    ],
)
def test_dates(language, long, short, moment, month):
    day = date(2026, 11, 22)
    with translation.override(language):
        assert formats.date_format(day) == long
        assert formats.date_format(day, "SHORT_DATE_FORMAT") == short
        assert formats.date_format(datetime(2026, 11, 22, 14, 5), "DATETIME_FORMAT") == moment
        assert formats.date_format(day, "YEAR_MONTH_FORMAT") == month
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert forms.DateField().clean("2026-11-22") == forms.DateField().clean(short) == day
        assert forms.TimeField().clean("14:05").hour == 14


@pytest.mark.parametrize(
    ("language", "number"), [("kk", "1\xa0234\xa0567,5"), ("ru", "1\xa0234\xa0567,5"), ("en", "1,234,567.5")]
)
def test_numbers(language, number):
    with translation.override(language):
        assert formats.number_format(1234567.5, force_grouping=True) == number


@pytest.mark.parametrize(
    ("language", "words"), [("kk", ["сәуір", "сәуір", "жексенбі"]), ("ru", ["апрель", "апреля", "воскресенье"])]
)
def test_months_and_weekdays_are_small_letters(language, words):
    with translation.override(language):
        assert [formats.date_format(date(2026, 4, 26), f) for f in ("F", "E", "l")] == words
        assert pgettext("alt. month", "April") == words[1]


# The tool


TEMPLATE = """{% load i18n %}
<p>
    {# Translators: a greeting #}
  {% translate "Hello" %} 50% of it's (
      {% translate "May" context "permission" %}
  {% blocktranslate trimmed count n=items|length %}
    One {{ thing }}
    left
  {% plural %}
    {{ n }} {{ thing }}s left, 100%
  {% endblocktranslate %}{{ _("in a filter")|upper }}
"""
PYTHON = """
LABEL = pgettext_lazy("noun", "Order")
def count(n): return ngettext("%(n)d note", "%(n)d notes", n) + _("first "
    "second") + _(NAMES["not a message"]) + _(f"neither {n}")
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "app" / "templates").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "app" / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "app" / "views.py").write_text(PYTHON)
    (tmp_path / "tests" / "test_app.py").write_text('_("of a test")')
    return tmp_path


def test_strings_are_found_in_templates_and_python(project):
    found = {catalogues.key(m): m for m in catalogues.entries(extraction.own_strings(project))}
    assert set(found) == {
        ("", "Hello"),
        ("permission", "May"),
        ("", "One %(thing)s left"),
        ("", "in a filter"),
        ("noun", "Order"),
        ("", "%(n)d note"),
        ("", "first second"),
    }
    assert found["", "Hello"].auto_comments == ["a greeting"]
    assert found["", "One %(thing)s left"].id[1] == "%(n)s %(thing)ss left, 100%%"


def test_an_update_keeps_translations_and_guesses_none(project):
    old = catalogues.empty("kk")
    old.add("Hello", "Сәлем", user_comments=["shown on top"])
    old.add("Hullo", "Сәлем")
    new = catalogues.merged(catalogues.entries(extraction.own_strings(project)), old, "kk")
    assert new.get("Hello").string == "Сәлем"
    assert new.get("Hello").user_comments == ["shown on top"]
    assert "Hullo" not in new
    assert [catalogues.texts(m) for m in catalogues.entries(new) if m.id != "Hello" and any(catalogues.texts(m))] == []
    assert not any(m.fuzzy for m in catalogues.entries(new))


def test_a_second_update_changes_no_byte(project, tmp_path):
    found, path = catalogues.entries(extraction.own_strings(project)), tmp_path / "django.po"
    for expected in (True, False):
        new = catalogues.merged(found, catalogues.read(path, "ru"), "ru")
        assert catalogues.write(path, catalogues.rendered(new, "ru", "A comment.")) is expected
    assert "views.py\n" in path.read_text()


def test_only_changed_catalogues_are_compiled_and_only_what_is_translated(tmp_path):
    path = catalogues.own_path("kk", tmp_path)
    catalogue = catalogues.empty("kk")
    catalogue.add("Hello", "Сәлем")
    catalogue.add("Bye", "")
    catalogues.write(path, catalogues.rendered(catalogue, "kk", ""))
    assert compile_all(tmp_path) == [path.with_suffix(".mo")]
    assert compile_all(tmp_path) == []
    compiled = trans_real.gettext_module.translation("django", tmp_path, ["kk"])
    assert compiled.gettext("Hello") == "Сәлем"
    assert "Bye" not in compiled._catalog
