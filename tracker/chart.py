"""Where the marks of the week's chart stand; templates/components/chart.html draws them."""

from dataclasses import dataclass

from tracker.models import Level
from tracker.week import Day, Week

WIDTH, HEIGHT = 360, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 20, 36  # room for the faces of the scale and the names of the days


@dataclass(frozen=True)
class Mark:
    """The mean of a day, in the units of the drawing, with its nearest level."""

    x: float
    y: float
    level: Level


@dataclass(frozen=True)
class Chart:
    """All that the template draws; x and y in units of a WIDTH by HEIGHT drawing."""

    columns: list[tuple[float, Day]]
    rows: list[tuple[float, Level]]
    marks: list[Mark]
    dots: list[tuple[float, float]]
    runs: list[str]


def _y(level: float) -> float:
    return round(TOP + (5 - level) * (HEIGHT - TOP - BOTTOM) / 4, 1)


def _runs(marks: list[Mark | None]) -> list[str]:
    """Return polylines through neighbouring days; a day without entries breaks the line."""
    runs: list[list[str]] = [[]]
    for mark in marks:
        if mark:
            runs[-1].append(f"{mark.x},{mark.y}")
        elif runs[-1]:
            runs.append([])
    return [" ".join(run) for run in runs if len(run) > 1]


def draw(week: Week) -> Chart:
    """Place a week on the drawing."""
    step = (WIDTH - LEFT - RIGHT) / 7
    columns = [(round(LEFT + step * (i + 0.5), 1), day) for i, day in enumerate(week.days)]
    marks = [Mark(x, _y(day.mean), day.nearest) if day.entries else None for x, day in columns]
    return Chart(
        columns=columns,
        rows=[(_y(level), level) for level in reversed(Level)],
        marks=[mark for mark in marks if mark],
        dots=[(x, _y(entry.level)) for x, day in columns if len(day.entries) > 1 for entry in day.entries],
        runs=_runs(marks),
    )
