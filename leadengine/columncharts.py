"""Columns side by side, each stacked of its parts: how scores spread, and grades from week to week; a table behind.

As all charts: no script, no inline style, text that never scales (the outer SVG has no viewBox). All numbers are finite;
what is below zero has no height in a stack and stands in the table only.
"""

from collections.abc import Callable, Iterator, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadengine.axes import Scale, grid, nice_top, ticks, whole_top
from leadengine.linecharts import Series
from leadengine.svg import caption, join, leading, linked, number, pct

MOST_SAID = 200
UNDER = 44  # px of the picture's height that the labels and the room above take
_SHARE = 0.78  # of its place that a column fills
Links = Callable[[int, str], str]


def nowhere(_place: int, _name: str) -> str:
    return ""


def columns(
    key: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    finding: str,
    corner: str = "",
    unit: str = "",
    links: Links = nowhere,
    height: int = 190,
) -> SafeString:
    """One column per label, stacked of the series in their order from the foot; `corner` heads the table's labels.

    `links`: the page of what a part counts, by the place of its label and its series' name.
    """
    head_line = caption(key, title, finding)
    if not labels or not series:
        return format_html('<figure class="figure" id="{}">{}</figure>', key, head_line)
    return format_html(
        '<figure class="figure" id="{}">{}{}{}{}</figure>',
        key,
        head_line,
        _legend(series) if len(series) > 1 else "",
        _picture(key, labels, series, unit, links, height),
        _table(title, labels, series, corner, unit, links),
    )


def _legend(series: Sequence[Series]) -> SafeString:
    parts = join('<li><span class="swatch {}"></span>{}</li>', ((line.css, line.label) for line in reversed(series)))
    return format_html('<ul class="legend">{}</ul>', parts)


def _picture(
    key: str, labels: Sequence[str], series: Sequence[Series], unit: str, links: Links, height: int
) -> SafeString:
    heights = [sum(max(0.0, line.values[index]) for line in series) for index in range(len(labels))]
    top = whole_top if all(float(height).is_integer() for height in heights) else nice_top
    scale = Scale(len(labels), 0.0, top(max(heights)))
    places = [100 * (index + 0.5) / len(labels) for index in range(len(labels))]
    return format_html(
        '<svg class="chart chart-columns" role="{6}" aria-labelledby="{0}-title {0}-finding" width="100%" height="{4}">'
        '<svg y="10" width="100%" height="{5}">{1}{2}{3}</svg></svg>',
        key,
        grid(scale, unit),
        join("<g>{}{}</g>", _columns(labels, series, scale, unit, links)),
        ticks(labels, places),
        height,
        height - UNDER,
        "img" if links is nowhere else "group",  # an image may hold nothing that can be pointed at
    )


def _columns(
    labels: Sequence[str], series: Sequence[Series], scale: Scale, unit: str, links: Links
) -> Iterator[tuple[SafeString, SafeString]]:
    """What is said of each column, as far as it is wide enough to be pointed at, and its parts."""
    width = 100 / len(labels)
    for index, label in enumerate(labels):
        box = pct(width * (index + (1 - _SHARE) / 2)), pct(width * _SHARE)
        parts = join("{}", ((each,) for each in _parts(index, series, scale, box, links)))
        yield _said(label, index, series, unit) if len(labels) <= MOST_SAID else SafeString(""), parts


def _said(label: str, index: int, series: Sequence[Series], unit: str) -> SafeString:
    """What the browser tells of a column that is pointed at."""
    values = [f"{line.label} {number(line.values[index])}{unit}" for line in series if line.values[index] > 0]
    return format_html("<title>{}: {}</title>", label, ", ".join(values) or "nothing")


def _parts(
    index: int, series: Sequence[Series], scale: Scale, box: tuple[str, str], links: Links
) -> Iterator[SafeString]:
    """Each series' part of one column, on top of the one before."""
    foot = 0.0
    for line in series:
        value = max(0.0, float(line.values[index]))
        if value:
            y = scale.y(foot + value)
            place = line.css, *box, pct(y), pct(scale.y(foot) - y)
            rect = format_html('<rect class="fill {}" x="{}" width="{}" y="{}" height="{}"/>', *place)
            yield leading(rect, links(index, line.label))
        foot += value


def _table(
    title: str, labels: Sequence[str], series: Sequence[Series], corner: str, unit: str, links: Links
) -> SafeString:
    head = join('<th scope="col"{}>{}</th>', _heads(series, corner))
    rows = ((label, _cells(index, series, unit, links)) for index, label in enumerate(labels))
    return format_html(
        '<details><summary>Show as table</summary><div class="scroll" tabindex="0" role="region" aria-label="{}, table">'
        '<table class="table compact" data-chart-table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>',
        title,
        head,
        join('<tr><th scope="row">{}</th>{}</tr>', rows),
    )


def _heads(series: Sequence[Series], corner: str) -> Iterator[tuple[SafeString, str]]:
    yield SafeString(""), corner
    for line in series:
        yield SafeString(' class="number"'), line.label


def _cells(index: int, series: Sequence[Series], unit: str, links: Links) -> SafeString:
    texts = ((f"{number(line.values[index])}{unit}", line) for line in series)
    cells = ((linked(text, links(index, line.label) if line.values[index] else ""),) for text, line in texts)
    return join('<td class="number">{}</td>', cells)
