"""Lines over time: a trend with axes and a table behind, and a sparkline without either.

The outer SVG has no viewBox, so text never scales; the lines stand in a nested one that is stretched. Pushing the
names of neighbouring lines apart, a table behind each picture, and a tooltip that only repeats that table: see
`static/js/app.js`. All numbers of a trend are finite.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadengine.axes import Scale, grid, nice_top, short, ticks, whole_top
from leadengine.svg import caption, compact, join, number, pct

_LABEL_GAP = 9.0  # per cent of the plot's height that a line's name needs

MOST_HITS, LONGEST_NAME = 200, 8


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a trend; `css` is a colour class such as `g-a` or `tone-accent`."""

    label: str
    values: Sequence[float]
    css: str = "tone-accent"
    has_area: bool = False


def trend(
    key: str, title: str, labels: Sequence[str], series: Sequence[Series], *, finding: str, unit: str = ""
) -> SafeString:
    """Lines over time (`labels` are the x axis, every series as long), with a table behind."""
    head_line = caption(key, title, finding)
    if not labels:
        return format_html('<figure class="figure" id="{}">{}</figure>', key, head_line)
    head = join('<th scope="col">{}</th>', ((name,) for name in ("", *(line.label for line in series))))
    body = join("{}", ((_trend_row(index, label, series, unit),) for index, label in enumerate(labels)))
    return format_html(
        '<figure class="figure" id="{}">{}<div class="chart-wrap">{}</div><details><summary>Show as table</summary>'
        '<div class="scroll" tabindex="0" role="region" aria-label="{}, table"><table class="table compact"'
        " data-chart-table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details></figure>",
        key,
        head_line,
        _trend_svg(key, labels, series, unit),
        title,
        head,
        body,
    )


def _trend_row(index: int, label: str, series: Sequence[Series], unit: str) -> SafeString:
    cells = join('<td class="number">{}{}</td>', ((number(line.values[index]), unit) for line in series))
    return format_html('<tr><th scope="row">{}</th>{}</tr>', label, cells)


def _trend_svg(key: str, labels: Sequence[str], series: Sequence[Series], unit: str) -> SafeString:
    values = [value for line in series for value in line.values]
    scale = Scale(len(labels), min([0.0, *values]), _top(values))
    return format_html(
        '<svg class="chart chart-trend" role="img" aria-labelledby="{0}-title {0}-finding" width="100%" height="232">'
        '<svg y="16" width="100%" height="182">{1}<svg width="100%" height="100%" viewBox="0 0 100 100"'
        ' preserveAspectRatio="none">{2}</svg>{3}<line class="cursor" y1="0" y2="100%"/>{4}</svg></svg>',
        key,
        grid(scale, unit),
        join("{}", ((_line(line, scale),) for line in series)),
        _line_ends(series, scale),
        ticks(labels, [scale.x(index) for index in range(scale.count)], is_line=True) + _hits(scale),
    )


def _top(values: Sequence[float]) -> float:
    """Where the axis ends: its grid lines are whole numbers, but for small fractions and around values below zero."""
    highest = max([0.0, *values])
    is_whole = highest >= 4 or all(float(value).is_integer() for value in values)
    return whole_top(highest) if is_whole and min([0.0, *values]) >= 0 else nice_top(highest)


def _line(line: Series, scale: Scale) -> SafeString:
    known = [(scale.x(index), scale.y(value)) for index, value in enumerate(line.values) if math.isfinite(value)]
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in known)
    drawn = format_html('<polyline class="line {}" points="{}" vector-effect="non-scaling-stroke"/>', line.css, points)
    if not line.has_area:
        return drawn
    foot = min(100.0, max(0.0, scale.y(0.0)))
    floor = f"{known[0][0]:.2f},{foot:.2f} {points} {known[-1][0]:.2f},{foot:.2f}"
    return format_html('<polygon class="area {}" points="{}"/>{}', line.css, floor, drawn)


def _line_ends(series: Sequence[Series], scale: Scale) -> SafeString:
    """A dot at each line's last point, its value and, of several lines, the name; those that would touch are pushed apart."""
    ends = sorted((scale.y(line.values[-1]), index, line) for index, line in enumerate(series))
    x, parts, below = pct(scale.x(scale.count - 1)), [], -math.inf
    for y, _, line in ends:
        below = max(y, below + _LABEL_GAP)
        name = f"{short(line.label, LONGEST_NAME)} " if len(series) > 1 else ""
        parts.append((line.css, x, pct(y), pct(below), name, compact(line.values[-1])))
    return join(
        '<circle class="dot {}" cx="{}" cy="{}" r="3.5"/><text class="end" x="100%" y="{}" dx="10" dy="4">{}{}</text>',
        parts,
    )


def _hits(scale: Scale) -> SafeString:
    """Areas that the tooltip listens to, each with its row of the table: at most MOST_HITS, however many points."""
    width, every = 98 / max(scale.count - 1, 1), -(-scale.count // MOST_HITS)
    shown = range((every - 1) // 2, scale.count, every)
    parts = [
        (index, pct(x := scale.x(index)), pct(max(0.0, x - width * every / 2)), pct(width * every)) for index in shown
    ]
    return join('<rect class="hit" data-index="{}" data-x="{}" x="{}" width="{}" height="100%"/>', parts)


def sparkline(values: Sequence[float | None], label: str) -> SafeString:
    """A line without axes, scaled between its own lowest and highest value; read out as from first to last.

    A value that is missing (None or NaN) is left out; the others stay where they are.
    """
    points = [math.nan if value is None else value for value in values]
    known = [value for value in points if math.isfinite(value)]
    if not known:
        return format_html('<p class="muted small">{}: no data yet</p>', label)
    low, span = min(known), (max(known) - min(known)) or 1.0
    scale = Scale(len(values), low - 0.1 * span, low + 1.1 * span)
    said = f"{label}: from {number(known[0])} to {number(known[-1])}"
    return format_html(
        '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 100 100" preserveAspectRatio="none"'
        ' width="100%" height="28">{}</svg>',
        said,
        _line(Series(label, points, has_area=True), scale),
    )
