"""Recall and precision of what the check says, by language, level and kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from emergency.risk.levels import Kind, Level
from emergency.risk.training.examples import LANGUAGES, Example


@dataclass(frozen=True, slots=True)
class Said:
    """An example, and what the check said of it. Any level above none counts as found."""

    example: Example
    level: Level
    kind: Kind

    @property
    def found(self) -> bool:
        return self.level > Level.NONE


def table(said: Sequence[Said]) -> dict[str, Any]:
    """Return the measures of each language and of all; each a share, and of how many."""
    by_language = {language: [one for one in said if one.example.language == language] for language in LANGUAGES}
    return {language: _measures(some) for language, some in (by_language | {"all": list(said)}).items()}


def _measures(said: list[Said]) -> dict[str, Any]:
    return {
        "recall": _share(one.found for one in said if one.example.at_risk),
        "precision": _share(one.example.at_risk for one in said if one.found),
        "levels": {level.name.lower(): _of_level(said, level) for level in Level if level},
        "kinds": {kind.value: _of_kind(said, kind) for kind in Kind if kind is not Kind.NONE},
    }


def _of_level(said: list[Said], level: Level) -> dict[str, Any]:
    those = [one for one in said if one.example.level is level]
    return {
        "found": _share(one.found for one in those),
        "so high": _share(one.level >= level for one in those),
        "right": _share(one.example.level is level for one in said if one.level is level),
    }


def _of_kind(said: list[Said], kind: Kind) -> dict[str, Any]:
    those = [one for one in said if one.example.kind is kind]
    return {
        "found": _share(one.found for one in those),
        "so named": _share(one.kind is kind for one in those if one.found),
    }


def _share(good: Iterable[bool]) -> list[float]:
    all_of_them = list(good)
    return [round(sum(all_of_them) / max(1, len(all_of_them)), 3), len(all_of_them)]
