"""Lines over time: a trend with axes and a table behind, and a sparkline without either.

The outer SVG has no viewBox, so text never scales; the lines stand in a nested one that is stretched. Pushing the
names of neighbouring lines apart, a table behind each picture, and a tooltip that only repeats that table: see
`static/js/app.js`. All numbers are finite.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadengine.svg import caption, join, number, pct

_LABEL_GAP = 9.0  # per cent of the plot's height that a line's name needs

MOST_LABELS = 16


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
    scale = _Scale(len(labels), min([0.0, *values]), _nice_top(max([0.0, *values])))
    return format_html(
        '<svg class="chart chart-trend" role="img" aria-labelledby="{0}-title {0}-finding" width="100%" height="232">'
        '<svg y="16" width="100%" height="182">{1}<svg width="100%" height="100%" viewBox="0 0 100 100"'
        ' preserveAspectRatio="none">{2}</svg>{3}<line class="cursor" y1="0" y2="100%"/>{4}</svg></svg>',
        key,
        _grid(scale, unit),
        join("{}", ((_line(line, scale),) for line in series)),
        _line_ends(series, scale),
        _columns(labels, scale),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Positions in per cent of the plot; a single point stands in the middle."""

    count: int
    low: float
    top: float

    def x(self, index: int) -> float:
        return 1 + 98 * index / (self.count - 1) if self.count > 1 else 50.0

    def y(self, value: float) -> float:
        return 100 - 100 * (value - self.low) / (self.top - self.low)


def _grid(scale: _Scale, unit: str) -> SafeString:
    steps = [scale.low + (scale.top - scale.low) * step / 4 for step in range(5)]
    return join(
        '<line class="grid" x1="0" x2="100%" y1="{0}" y2="{0}"/>'
        '<text x="-10" y="{0}" dy="4" text-anchor="end">{1}{2}</text>',
        ((pct(scale.y(value)), number(value), unit) for value in steps),
    )


def _line(line: Series, scale: _Scale) -> SafeString:
    points = " ".join(f"{scale.x(index):.2f},{scale.y(value):.2f}" for index, value in enumerate(line.values))
    drawn = format_html('<polyline class="line {}" points="{}" vector-effect="non-scaling-stroke"/>', line.css, points)
    if not line.has_area:
        return drawn
    floor = f"{scale.x(0):.2f},100 {points} {scale.x(len(line.values) - 1):.2f},100"
    return format_html('<polygon class="area {}" points="{}"/>{}', line.css, floor, drawn)


def _line_ends(series: Sequence[Series], scale: _Scale) -> SafeString:
    """A dot and a name at each line's last point; names that would touch are pushed apart."""
    ends = sorted((scale.y(line.values[-1]), index, line) for index, line in enumerate(series))
    x, parts, below = pct(scale.x(scale.count - 1)), [], -math.inf
    for y, _, line in ends:
        below = max(y, below + _LABEL_GAP)
        parts.append((line.css, x, pct(y), pct(below), line.label, number(line.values[-1])))
    return join(
        '<circle class="dot {}" cx="{}" cy="{}" r="3.5"/><text class="end" x="100%" y="{}" dx="10" dy="4">{} {}</text>',
        parts,
    )


def _columns(labels: Sequence[str], scale: _Scale) -> SafeString:
    """X labels (at most MOST_LABELS; all but every third hidden in a narrow box), areas that the tooltip listens to."""
    width, every = 98 / max(len(labels) - 1, 1), -(-len(labels) // MOST_LABELS)
    parts = []
    for index, label in enumerate(labels):
        place, hidden = divmod(len(labels) - 1 - index, every)
        minor = " minor" if hidden or place % 3 else ""
        x = scale.x(index)
        parts.append(
            (f"tick{minor}", pct(x), "" if hidden else label, index, pct(x), pct(max(0.0, x - width / 2)), pct(width))
        )
    return join(
        '<text class="{}" x="{}" y="100%" dy="22" text-anchor="middle">{}</text>'
        '<rect class="hit" data-index="{}" data-x="{}" x="{}" width="{}" height="100%"/>',
        parts,
    )


def sparkline(values: Sequence[float], label: str) -> SafeString:
    """A line without axes, scaled between its own lowest and highest value; read out as from first to last."""
    if not values:
        return format_html('<p class="muted small">{}: no data yet</p>', label)
    low, span = min(values), (max(values) - min(values)) or 1.0
    scale = _Scale(len(values), low - 0.1 * span, low + 1.1 * span)
    said = f"{label}: from {number(values[0])} to {number(values[-1])}"
    return format_html(
        '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 100 100" preserveAspectRatio="none"'
        ' width="100%" height="28">{}</svg>',
        said,
        _line(Series(label, values, has_area=True), scale),
    )


def _nice_top(value: float) -> float:
    """The next round number at or above `value`; 1 for nothing, so that an axis always has a length."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * power >= value * (1 - 1e-9))
