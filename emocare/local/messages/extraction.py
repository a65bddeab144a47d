"""Find the translatable strings of Python files and Django templates."""

import ast
import os
import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[3]

# What holds no strings that a person meets. Hidden folders are left out as well.
SKIPPED_TOP = {"bench", "build", "deploy", "dist", "docs", "locale", "node_modules", "static", "tests", "var"}
SKIPPED_ANYWHERE = {"__pycache__", "migrations", "node_modules"}

# The names of django.utils.translation, and `_` for an alias. An alias of another name is not found.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)
TEMPLATE_SUFFIXES = {".html", ".txt"}
# What every file with a string for translation contains.
MARKS = re.compile(rb"gettext|_\(|\{%\s*(?:block)?trans")


def template_source(text: str, origin: str) -> bytes:
    """Turn a template into Python that has its strings on the same lines."""
    # The tokenizer takes leading white space for an indentation and gives up at the first uneven one.
    lines = (line.lstrip() for line in templatize(text, origin=origin).split("\n"))
    return "\n".join(lines).encode()


def literals(source: bytes, origin: str) -> set[str]:
    """Return the literal strings that a Python file passes to a translation function."""
    calls = (node for node in ast.walk(ast.parse(source, origin)) if isinstance(node, ast.Call))
    arguments = (argument for call in calls if _name(call.func) in KEYWORDS for argument in call.args)
    return {node.value for node in arguments if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def strings_of(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """Yield (line, message, comments, context) of one file; a plural message is a pair."""
    source = path.read_bytes()
    if not MARKS.search(source):
        return
    if path.suffix == ".js":
        yield from _babel("javascript", source)
    elif path.suffix in TEMPLATE_SUFFIXES:
        yield from _babel("python", template_source(source.decode(), str(path)))
    else:
        # Babel reads gettext(names["first"]) as the string "first"; the syntax tree tells it from gettext("first").
        real = literals(source, str(path))
        for line, message, comments, context in _babel("python", source):
            if (message if isinstance(message, str) else message[0]) in real:
                yield line, message, comments, context


def _babel(method: str, source: bytes) -> Iterator[tuple[int, Any, list[str], str | None]]:
    return extract(method, BytesIO(source), KEYWORDS, COMMENT_TAGS, {"encoding": "utf-8"}, strip_comment_tags=True)


def _name(function: ast.expr) -> str | None:
    return getattr(function, "id", None) or getattr(function, "attr", None)


def walk(top: Path, *, skipped: Callable[[Path], bool]) -> Iterator[Path]:
    """Yield the Python files and templates under a folder, except the skipped files and folders."""
    for folder, folders, files in os.walk(top):
        here = Path(folder)
        folders[:] = sorted(f for f in folders if f not in SKIPPED_ANYWHERE and not skipped(here / f))
        for path in (here / name for name in sorted(files)):
            is_template = path.suffix in TEMPLATE_SUFFIXES and "templates" in path.relative_to(top).parts
            if (path.suffix == ".py" or is_template) and not skipped(path):
                yield path


def extract_all(paths: Iterable[Path], *, base: Path) -> Catalog:
    """Collect the strings of many files into a template catalogue; locations are relative to `base`."""
    found = Catalog()
    for path in paths:
        name = path.relative_to(base).as_posix()
        for line, message, comments, context in strings_of(path):
            if message and message != ("", ""):
                found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def own_strings(root: Path = ROOT) -> Catalog:
    """Collect the strings of the project itself."""

    def skipped(path: Path) -> bool:
        return path.parent == root and (path.name.startswith(".") or path.name in SKIPPED_TOP)

    return extract_all(walk(root, skipped=skipped), base=root)
