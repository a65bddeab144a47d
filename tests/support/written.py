"""Contents of tests as somebody would write them, for what no shipped one shows."""

import copy
from typing import Any


def words(text: str) -> dict[str, str]:
    return {"kk": f"{text} қазақша", "ru": f"{text} по-русски", "en": f"{text} in English"}


def options(*values: int) -> list[dict[str, Any]]:
    return [{"value": value, "label": words(f"Option {value}")} for value in values]


def item(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "text": words(f"Question {key}"), **more}


def band(code: str, low: int, high: int, **more: Any) -> dict[str, Any]:
    texts = {name: words(f"{name} {code}") for name in ("label", "meaning", "next_step")}
    return {"code": code, "low": low, "high": high, **texts, **more}


def content(**changes: Any) -> dict[str, Any]:
    """Return a test of three questions with four options each, in two bands; another version where that is changed."""
    texts = ("name", "purpose", "description", "instruction", "time_frame", "limits")
    plain = {
        "schema": "emocare-instrument/1",
        "key": "calm",
        "version": 1,
        "kind": "self-check",
        **{name: words(name) for name in texts},
        "minutes": 2,
        "minimum_age": 18,
        "retest_days": 14,
        "options": options(0, 1, 2, 3),
        "items": [item("a"), item("b"), item("c")],
        "scoring": {"method": "sum", "lowest": 0, "highest": 9},
        "bands": [band("low", 0, 4), band("high", 5, 9)],
        "critical": [],
        "citation": "Emocare",
        "licence": {"name": "AGPL", "summary": "Free", "attribution": "Emocare", "commercial": True},
        "text_status": {language: {"status": "own"} for language in ("kk", "ru", "en")},
        "sources": [],
    }
    return copy.deepcopy(plain | changes)


def scored(lowest: int, highest: int, **more: Any) -> dict[str, Any]:
    """Return the changes for another scoring, with one band for all of it."""
    scoring = {"method": "sum", "lowest": lowest, "highest": highest, **more}
    return {"scoring": scoring, "bands": [band("all", lowest, highest)]}
