"""The words of the risk check: a reviewed file for each language, read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Entry:
    """One group of a lexicon: its name, how urgent it is, and its patterns as people would write them."""

    name: str
    language: str
    level: str
    sure: bool
    patterns: tuple[str, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """Return the groups of all lexicons in their order."""
    found = []
    for language in LANGUAGES:
        for name, group in tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8")).items():
            lines = [line.strip() for line in group["patterns"].splitlines()]
            patterns = tuple(line for line in lines if line and not line.startswith("#"))
            found.append(Entry(name, language, group.get("level", "none"), group.get("sure", False), patterns))
    return tuple(found)


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@cache
def english_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that are surely English, and those that are Kazakh or Russian as well."""
    lines = _lines("english_words.txt")
    sure, _line, either = "\n".join(lines).partition("= either")
    return frozenset(sure.split()), frozenset(either.split())


@cache
def stems(english: bool) -> tuple[str, ...]:
    """Return the beginnings of long words that are found with a slip of the keys too."""
    lines = _lines("stems.txt")
    others, _line, own = "\n".join(lines).partition("= english")
    return tuple((own if english else others).split())
