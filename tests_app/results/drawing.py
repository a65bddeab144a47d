"""Drawings of results as SVG: where a score lies on its scale, and how scores went. Calm on purpose: every part of a
scale has one colour, and the mark one form, whatever it says. Each drawing stands beside the same in words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tests_app.results.outcomes import Reading

WIDTH = 360
EDGE = 20  # room beside the scale, so that a mark at its end is whole
TRACK_TOP, TRACK_HEIGHT = 52, 22
MARK_RADIUS, MARK_Y = 19, 21
NAMES_Y = 98
Bands = tuple[tuple[int, int], ...]  # the lowest and the highest score of each
ROOM_OF_NAME = 40  # between two numbers under the scale


def _markup(parts: Sequence[str]) -> SafeString:
    return mark_safe("\n".join(parts))  # noqa: S308 -- numbers, and what escape() made safe # nosec B308 B703


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"></line>'


def _text(kind: str, x: float, y: float, words: object, anchor: str = "middle") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def scale(reading: Reading) -> SafeString:
    """Return what stands inside the <svg> of templates/tests_app/_scale.html."""
    bands = tuple(sorted((band.low, band.high) for band in reading.bands))
    return _scale(reading.lowest, reading.highest, bands, reading.score)


@lru_cache(maxsize=500)
def _scale(lowest: int, highest: int, bands: Bands, score: int) -> SafeString:
    slots, reach = highest - lowest + 1, WIDTH - 2 * EDGE

    def across(value: float) -> float:  # every score has a slot of its own, so that none lies on a border
        return round(EDGE + (value - lowest) / slots * reach, 1)

    borders = [across((high + 1 + low) / 2) for (_low, high), (low, _high) in pairwise(bands)]
    foot = TRACK_TOP + TRACK_HEIGHT
    x = across(score + 0.5)
    return _markup(
        [
            f'<rect class="scale__track" x="{EDGE}" y="{TRACK_TOP}" width="{reach}" height="{TRACK_HEIGHT}" rx="11">'
            "</rect>",
            *(_line("scale__border", border, TRACK_TOP, border, foot) for border in borders),
            _line("scale__stem", x, MARK_Y + MARK_RADIUS, x, foot),
            f'<circle class="scale__mark" cx="{x}" cy="{MARK_Y}" r="{MARK_RADIUS}"></circle>',
            f'<text class="scale__score" x="{x}" y="{MARK_Y}" dy="0.36em" text-anchor="middle">{score}</text>',
            *(_text("scale__name", *name) for name in _names(lowest, highest, bands, across)),
        ]
    )


def _names(lowest: int, highest: int, bands: Bands, across: Callable) -> list[tuple[float, float, int]]:
    """Return the numbers under the scale: its ends, and where parts begin as far as there is room."""
    last = across(highest + 0.5)
    found = [(across(lowest + 0.5), NAMES_Y, lowest)]
    for low, _high in bands[1:]:
        x = across(low + 0.5)
        if x - found[-1][0] >= ROOM_OF_NAME and last - x >= ROOM_OF_NAME:
            found.append((x, NAMES_Y, low))
    return [*found, (last, NAMES_Y, highest)]


@dataclass(frozen=True)
class Point:
    """One score in the course of a test."""

    score: int
    name: str  # short, under the chart
    said: str


HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 240, 44, 16, 22, 36
LARGE, SMALL = 15, 5
MOST_NUMBERED, MOST_NAMES = 10, 3


def course(points: Sequence[Point], lowest: int, highest: int, borders: Sequence[int]) -> SafeString:
    """Return what stands inside the <svg> of templates/components/chart.html; `borders` are where bands begin."""
    step = (WIDTH - LEFT - RIGHT) / len(points)
    foot = HEIGHT - BOTTOM

    def down(value: float) -> float:
        return round(TOP + (highest - value) / (highest - lowest or 1) * (foot - TOP), 1)

    placed = [(round(LEFT + step * (i + 0.5), 1), down(point.score), point) for i, point in enumerate(points)]
    every = -(-len(points) // MOST_NAMES)
    ends = [_text("chart__day", LEFT - 8, down(value) + 5, value, "end") for value in (lowest, highest)]
    line = " ".join(f"{x},{y}" for x, y, _point in placed)
    return _markup(
        [
            '<g aria-hidden="true">',
            *(_line("chart__grid", LEFT, down(y), WIDTH - RIGHT, down(y)) for y in (lowest, *borders, highest)),
            *ends,
            *(_text("chart__day", x, 232, p.name) for i, (x, _y, p) in enumerate(placed) if i % every == 0),
            *([f'<polyline class="chart__line" points="{line}"></polyline>'] if len(points) > 1 else []),
            '</g><g class="chart__marks" aria-hidden="true">',
            *(_mark(x, y, point, numbered=len(points) <= MOST_NUMBERED) for x, y, point in placed),
            "</g>",
        ]
    )


def _mark(x: float, y: float, point: Point, *, numbered: bool) -> str:
    number = f'<text x="{x}" y="{y}" dy="0.36em" text-anchor="middle">{point.score}</text>' if numbered else ""
    return (
        f'<g class="chart__mark chart__mark--score" data-said="{escape(point.said)}">'
        f'<circle cx="{x}" cy="{y}" r="{LARGE if numbered else SMALL}"></circle>{number}</g>'
    )
