"""Where the marks of a chart stand; templates/components/chart.html and bars.html draw them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.choices import Level

WIDTH, HEIGHT = 360, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 20, 36  # room for the faces of the scale and the names of the columns
MOST_NAMES = 8  # that fit side by side under the chart
LARGE, SMALL = 11, 5  # radius of a mark with its number in it, and of one without


class Column(Protocol):
    """What one column shows: a mean level, the single levels behind it, and a short name."""

    mean: float | None
    levels: Sequence[int]
    nearest: Level | None
    short_name: str


@dataclass(frozen=True)
class Mark:
    """The mean of a column, in the units of the drawing, with its nearest level."""

    x: float
    y: float
    level: Level
    said: str


@dataclass(frozen=True)
class Chart:
    """All that the template draws; x and y in units of a WIDTH by HEIGHT drawing."""

    columns: list[tuple[float, Column]]
    names: list[tuple[float, str]]
    marks: list[Mark]
    dots: list[tuple[float, float]]
    runs: list[str]
    radius: int

    @property
    def numbered(self) -> bool:
        """Say whether the marks have room for the number of their level."""
        return self.radius == LARGE


def _y(level: float) -> float:
    return round(TOP + (5 - level) * (HEIGHT - TOP - BOTTOM) / 4, 1)


LEVELS = [(_y(level), level) for level in reversed(Level)]


def _runs(marks: list[Mark | None]) -> list[str]:
    """Return polylines through neighbouring columns; one without entries breaks the line."""
    runs: list[list[str]] = [[]]
    for mark in marks:
        if mark:
            runs[-1].append(f"{mark.x},{mark.y}")
        elif runs[-1]:
            runs.append([])
    return [" ".join(run) for run in runs if len(run) > 1]


def draw(columns: Sequence[Column], say: Callable[[Column], str], joined: bool = True) -> Chart:
    """Place columns on the drawing.

    `say` puts a column into words, for those who walk through the marks; `joined` draws a line through neighbours, for
    what follows one another in time.
    """
    step = (WIDTH - LEFT - RIGHT) / len(columns)
    placed = [(round(LEFT + step * (i + 0.5), 1), column) for i, column in enumerate(columns)]
    marks = [Mark(x, _y(c.mean), c.nearest, say(c)) if c.levels else None for x, c in placed]
    few = len(columns) <= MOST_NAMES + 5
    single = joined and len(columns) <= MOST_NAMES  # else the single entries hide what the means say
    every = -(-len(columns) // MOST_NAMES) if len(columns) > MOST_NAMES else 1
    return Chart(
        columns=placed,
        names=[(x, column.short_name) for i, (x, column) in enumerate(placed) if i % every == 0],
        marks=[mark for mark in marks if mark],
        dots=[(x, _y(level)) for x, c in placed if single and len(c.levels) > 1 for level in dict.fromkeys(c.levels)],
        runs=_runs(marks) if joined else [],
        radius=LARGE if few else SMALL,
    )


@dataclass(frozen=True)
class Bar:
    """One row of a chart of differences: to the right of the middle is higher, to the left lower."""

    y: float
    x: float
    width: float
    value: float
    label: str


BAR_HEIGHT, BAR_MIDDLE, BAR_REACH = 44, 180, 150
LARGEST_DIFFERENCE = 4  # levels, from 1 to 5


def draw_differences(rows: Sequence[tuple[str, float]]) -> tuple[list[Bar], int]:
    """Place rows of (label, difference in levels) as bars around a middle; return them and the height of all."""
    bars = []
    for i, (label, value) in enumerate(rows):
        width = round(abs(value) / LARGEST_DIFFERENCE * BAR_REACH, 1)
        bars.append(Bar(i * BAR_HEIGHT, BAR_MIDDLE if value > 0 else BAR_MIDDLE - width, width, value, label))
    return bars, len(rows) * BAR_HEIGHT
