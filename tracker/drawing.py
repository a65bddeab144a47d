"""A chart as SVG. It is written here and not in a template: it is a drawing of some hundred marks, each of which a
template would look up one by one.
"""

from functools import cache

from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tracker.chart import LEVELS, Chart, Mark

FACE = 28  # px of the drawing


@cache
def _scale(faces: str) -> str:
    """Return the line and the face of each level, which every chart has."""
    return "\n".join(
        f'<line class="chart__grid" x1="44" x2="350" y1="{y}" y2="{y}"></line>'
        f'<svg class="face face--{level.value}" x="6" y="{y - FACE / 2}" width="{FACE}" height="{FACE}" '
        f'viewBox="0 0 48 48"><use href="{faces}#face-{level.value}"></use></svg>'
        for y, level in LEVELS
    )


def _mark(mark: Mark, radius: int, numbered: bool) -> str:
    level, number = mark.level.value, ""
    if numbered:
        number = f'<text x="{mark.x}" y="{mark.y}" dy="0.36em" text-anchor="middle">{level}</text>'
    return (
        f'<g class="chart__mark chart__mark--{level}" data-said="{escape(mark.said)}">'
        f'<circle cx="{mark.x}" cy="{mark.y}" r="{radius}"></circle>{number}</g>'
    )


def svg(chart: Chart) -> SafeString:
    """Return what stands inside the <svg> of templates/components/chart.html: the scale, the names, the marks."""
    names = (
        f'<text class="chart__day" x="{x}" y="232" text-anchor="middle">{escape(n)}</text>' for x, n in chart.names
    )
    runs = (f'<polyline class="chart__line" points="{run}"></polyline>' for run in chart.runs)
    dots = (f'<circle class="chart__dot" cx="{x}" cy="{y}" r="3.5"></circle>' for x, y in chart.dots)
    marks = (_mark(mark, chart.radius, chart.numbered) for mark in chart.marks)
    parts = [
        '<g aria-hidden="true">', _scale(static("icons/faces.svg")), *names, *runs, *dots, "</g>",
        '<g class="chart__marks" aria-hidden="true">', *marks, "</g>",
    ]  # fmt: skip
    return mark_safe("\n".join(parts))  # noqa: S308 -- numbers, our words, what escape() made safe # nosec B308 B703
