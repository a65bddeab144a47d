"""House rules of the templates: no inline code, nothing from elsewhere, contracts on top, modules that exist."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.base import Lexer, TokenType
from django.template.loader import get_template

from accounts.choices import BuiltInAvatar

TEMPLATES = settings.BASE_DIR / "templates"
SCRIPTS = settings.BASE_DIR / "static" / "js"
ALL = sorted(TEMPLATES.rglob("*.*"))
PAGES = [path for path in ALL if path.suffix == ".html"]
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
# Partials of a page have their variables named on top as well.
PARTIALS = [path for path in PAGES if path.name.startswith("_")]
FETCHED = {"src", "srcset", "poster", "data", "action", "formaction", "background", "ping", "manifest", "imagesrcset"}
# A page in a file of somebody's own, and a letter: neither finds a style sheet beside it.
ALONE = {TEMPLATES / "accounts" / "export" / "page.html", TEMPLATES / "notifications" / "letter.html"}
per_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())


def markup(path: Path) -> BeautifulSoup:
    """Parse a template with its tags, variables, comments and marked words left out."""
    kept, closes = [], None
    for token in Lexer(path.read_text()).tokenize():
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if closes:
            closes = None if name == closes else closes
        elif name in {"comment", "blocktranslate"}:
            closes = f"end{name}"
        elif token.contents == "block page_class":  # a class, no words
            closes = "endblock"
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
    return BeautifulSoup("".join(kept), "html.parser")


def tags(path: Path) -> list[str]:
    return [t.contents for t in Lexer(path.read_text()).tokenize() if t.token_type == TokenType.BLOCK]


@per_page
def test_no_code_and_no_style_stands_in_a_template(path):
    soup = markup(path)
    assert [script for script in soup.find_all("script") if script.string or not script.has_attr("src")] == []
    assert path in ALONE or soup.find_all("style") == []
    attributes = [name for element in soup.find_all(True) for name in element.attrs]
    assert [name for name in attributes if name == "style" or name.startswith("on")] == []
    assert "javascript:" not in path.read_text()


@per_page
def test_nothing_is_fetched_from_elsewhere(path):
    for element in markup(path).find_all(True):
        fetched = {name: value for name, value in element.attrs.items() if name in FETCHED}
        if element.name in {"link", "use", "image"}:
            fetched |= {name: element[name] for name in ("href", "xlink:href") if element.has_attr(name)}
        assert [value for value in fetched.values() if re.match(r"\s*(https?:)?//", str(value))] == []


def test_no_style_sheet_fetches_from_elsewhere():
    for path in (settings.BASE_DIR / "static" / "css").glob("*.css"):
        assert not re.search(r"@import|https?://|url\(\s*[\"']?//", path.read_text()), path.name


def test_no_script_of_ours_speaks_to_anybody_else():
    for path in SCRIPTS.glob("*.js"):
        found = re.findall(r"https?://[^\s\"'`]+|\beval\(|new Function|innerHTML|document\.write", path.read_text())
        assert found == [], path.name


@per_page
def test_every_static_file_that_a_template_names_exists(path):
    named = [match[1] for tag in tags(path) if (match := re.match(r"static ['\"]([^'\"]+)['\"](\S*)", tag))]
    wanted = {
        f"{name}{avatar}.svg" if name.endswith("/") else name
        for name in named
        for avatar in (BuiltInAvatar.values if name.endswith("/") else [""])
    }
    assert {name for name in wanted if not finders.find(name)} == set()


@per_page
def test_every_icon_that_a_template_draws_exists(path):
    icons = BeautifulSoup((settings.BASE_DIR / "static/vendor/lucide/icons.svg").read_text(), "html.parser")
    known = {symbol["id"] for symbol in icons.find_all(id=True)}
    named = {match[1] for tag in tags(path) for match in re.finditer(r'icon(?:_name=| )"([\w-]+)"', tag)}
    assert named - known == set()


per_piece = pytest.mark.parametrize("path", COMPONENTS + PARTIALS, ids=lambda path: path.name)


def split(path: Path) -> tuple[str, str]:
    """Return the comment on top of a template, and the rest."""
    match = re.match(
        r"(?:{% load \w+ %})?(?:{#(.*?)#}|{% comment %}(.*?){% endcomment %})", path.read_text(), re.DOTALL
    )
    assert match, "the first thing in the file is a comment"
    return match[1] or match[2], re.sub('"[^"]*"', '""', path.read_text()[match.end() :])


@per_piece
def test_each_component_begins_with_its_contract(path):
    contract, body = split(path)
    assert "ariables:" in contract or not re.search(r"{{\s*\w|{% (if|for|with)", body)


@per_piece
def test_a_contract_names_what_a_component_is_given(path):
    contract, body = split(path)
    made_here = set(re.findall(r"\b(?:as|asvar|for|with) (\w+)", body)) | set(re.findall(r"(\w+)=", body))
    made_here |= {name for pair in re.findall(r"for (\w+), (\w+) in", body) for name in pair}
    used = set(re.findall(r"{{\s*([a-z_]\w*)", body)) | set(re.findall(r"{% if (?:not )?([a-z_]\w*)", body))
    everywhere = {"forloop", "user", "request"}
    assert used - made_here - everywhere - set(re.findall(r"\w+", contract)) == set()


def test_every_behaviour_a_template_asks_for_has_a_module_that_main_knows():
    asked = {name for path in PAGES for name in re.findall(r'data-module="([\w-]+)"', path.read_text())}
    listed = dict(re.findall(r'"?([\w-]+)"?: \(\) => import\("\./([\w-]+)\.js"\)', (SCRIPTS / "main.js").read_text()))
    assert asked == set(listed)
    assert all(name == file and (SCRIPTS / f"{file}.js").exists() for name, file in listed.items())


def test_every_script_is_a_module_of_main():
    listed = set(re.findall(r'import\("\./([\w-]+)\.js"\)', (SCRIPTS / "main.js").read_text()))
    brings = re.compile(r'(?:from |import\()"\./([\w-]+)\.js"')  # at once, or when it is needed
    helpers = {n for path in SCRIPTS.glob("*.js") for n in brings.findall(path.read_text())}
    assert {path.stem for path in SCRIPTS.glob("*.js")} == listed | helpers | {"main"}


def test_every_behaviour_can_be_started():
    for path in SCRIPTS.glob("*.js"):
        if path.stem in re.findall(r'import\("\./([\w-]+)\.js"\)', (SCRIPTS / "main.js").read_text()):
            assert re.search(r"export (async )?function start\(", path.read_text()), path.name


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_every_template_can_be_read(path):
    get_template(path.relative_to(TEMPLATES).as_posix())


@per_page
def test_every_picture_has_a_description_or_says_that_it_needs_none(path):
    assert [image for image in markup(path).find_all("img") if not image.has_attr("alt")] == []


@per_page
def test_every_form_that_is_posted_carries_its_token(path):
    header = (TEMPLATES / "components" / "header.html").read_text()
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL):
        name = re.search(r'id="([\w-]+)"', form)
        apart = name and f'form="{name[1]}" name="csrfmiddlewaretoken" value="{{{{ csrf_token }}}}"' in header
        # Leaving must work without a session, so it asks for no token.
        assert "csrf_token" in form or "quick_exit" in form or apart


@per_page
def test_words_in_a_template_are_marked_for_translation(path):
    soup = markup(path)
    words = [soup.get_text(" ")]
    for element in soup.find_all(True):
        words += [element.get(name, "") for name in ("alt", "title", "aria-label", "placeholder")]
    assert re.findall(r"[A-Za-z\u0400-\u04ff]{2,}", re.sub(r"\bEmocare\b|<!doctype html>", "", " ".join(words))) == []
