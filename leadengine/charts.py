"""Data to figures: a finding in a sentence, a picture in SVG, and the same numbers as a table.

No chart library, no script needed, no inline style: geometry stands in attributes, colour in CSS classes, so a chart
follows the theme and the strict policy. Text never scales because the outer SVG has no viewBox. All numbers are finite.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadengine.svg import caption, compact, join, leading, linked, number, pct, share

GRADES = ("A+", "A", "B", "C", "D")
_GRADE_CLASSES = {"A+": "g-ap", "A": "g-a", "B": "g-b", "C": "g-c", "D": "g-d"}
_EMPTY = SafeString("")
_TRACK = SafeString('<rect class="track" y="3" width="100%" height="12" rx="4"/>')
HUGE, WIDE = 1e9, 12  # a number and a note that would push the bars aside


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart; `benchmark` is drawn as a tick mark, `note` stands in the last column.

    `href`: the page of what is counted. The bar leads there by pointer, its number also by keyboard.
    """

    label: str
    value: float
    benchmark: float | None = None
    note: str = ""
    css: str = "tone-accent"
    href: str = ""


def grade_class(letter: str) -> str:
    """The colour class of a grade; one for "not graded" for anything else."""
    return _GRADE_CLASSES.get(letter, "g-none")


def grade_bar(counts: Mapping[str, int], *, is_estimate: bool = False) -> SafeString:
    """Counts per grade as one stacked bar and a legend; `is_estimate` writes `~` before each number."""
    total = sum(counts.values())
    about = "~" if is_estimate else ""
    shown = [(letter, counts.get(letter, 0)) for letter in GRADES]
    words = ", ".join(f"{about}{count:,} {letter}" for letter, count in shown)
    legend = join(
        '<li><span class="grade {}">{}</span>{}{}</li>',
        ((grade_class(letter), letter, about, f"{count:,}") for letter, count in shown),
    )
    return format_html(
        '<div class="grade-bar"><svg class="chart" role="img" aria-label="Grades: {}" width="100%" height="10">'
        '<rect class="track" width="100%" height="10"/>{}</svg><ul class="legend">{}</ul></div>',
        words,
        _stacked(shown, total),
        legend,
    )


def grade_strip(counts: Mapping[str, int]) -> SafeString:
    """Counts per grade as a bar alone, for where the numbers stand beside it already."""
    return format_html(
        '<svg class="chart grade-strip" aria-hidden="true" width="100%" height="6">'
        '<rect class="track" width="100%" height="6"/>{}</svg>',
        _stacked([(letter, counts.get(letter, 0)) for letter in GRADES], sum(counts.values())),
    )


def _stacked(shown: Iterable[tuple[str, int]], total: int) -> SafeString:
    parts, start = [], 0.0
    for letter, count in shown:
        width = 100 * count / total if total else 0.0
        if width:
            parts.append((f"{grade_class(letter)} fill", pct(start), pct(width)))
        start += width
    return join('<rect class="{}" x="{}" width="{}" height="10"/>', parts)


def distribution(
    key: str, title: str, counts: Mapping[str, int], finding: str = "", links: Mapping[str, str] | None = None
) -> SafeString:
    """How many leads have each grade: a bar chart that is a table. `key` is the figure's id; `links` by grade."""
    total, hrefs = sum(counts.values()), links or {}
    rows = [
        Bar(each, counts.get(each, 0), None, share(counts.get(each, 0), total), grade_class(each), hrefs.get(each, ""))
        for each in GRADES
    ]
    best = counts.get("A+", 0) + counts.get("A", 0)
    said = f"Of {total:,} leads, {best:,} are grade A or better ({share(best, total)})." if total else "No leads yet."
    return bars(key, title, rows, finding=finding or said, columns=("Grade", "Leads", "Share"), whole=total or 1)


def bars(
    key: str,
    title: str,
    rows: Sequence[Bar],
    *,
    finding: str,
    columns: tuple[str, str, str],
    unit: str = "",
    whole: float = 0.0,
) -> SafeString:
    """Horizontal bars; the chart is itself the table, `columns` name label, value and note.

    A track is drawn only where it tells something: it stands for the `whole` that the values are shares of. Without one
    the largest value is the longest bar.
    """
    most = max([0.0, *(row.value for row in rows), *(row.benchmark or 0.0 for row in rows)]) or 1.0
    top, track = (whole, _TRACK) if whole else (most / 0.96, _EMPTY)
    head = join('<th scope="col">{}</th>', ((name,) for name in (columns[0], "Chart", *columns[1:])))
    body = join("{}", ((_bar_row(row, top, unit, track),) for row in rows))
    is_wide = any(len(row.note) > WIDE or len(row.label) > 2 * WIDE for row in rows)
    table = format_html(
        '<table class="bars{}"><caption class="sr-only">{}</caption><thead class="sr-only"><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table>",
        " wide" if is_wide else "",
        title,
        head,
        body,
    )
    return format_html('<figure class="figure" id="{}">{}{}</figure>', key, caption(key, title, finding), table)


def _bar_row(row: Bar, top: float, unit: str, track: SafeString) -> SafeString:
    label = format_html('<span class="grade {}">{}</span>', row.css, row.label) if row.label in GRADES else row.label
    mark, words = _EMPTY, _EMPTY
    if row.benchmark is not None:
        at = pct(100 * max(row.benchmark, 0) / top)
        mark = format_html(
            '<line class="benchmark-edge" x1="{0}" x2="{0}" y1="0" y2="18"/>'
            '<line class="benchmark" x1="{0}" x2="{0}" y1="0" y2="18"/>',
            at,
        )
        words = format_html('<span class="sr-only">benchmark {}{}</span>', number(row.benchmark), unit)
    fill = format_html(
        '<rect class="fill {}" y="3" width="{}" height="12" rx="4"/>', row.css, pct(100 * max(row.value, 0) / top)
    )
    value = format_html("{}{}", number(row.value) if abs(row.value) < HUGE else compact(row.value), unit)
    return format_html(
        '<tr><th scope="row">{}</th><td class="bar"><svg class="chart" aria-hidden="true" width="100%" height="18">'
        '{}{}{}</svg>{}</td><td class="number"><b>{}</b></td><td class="number muted">{}</td></tr>',
        label,
        track,
        leading(fill, row.href),
        mark,
        words,
        linked(value, row.href),
        row.note,
    )


def meter(percent: float, label: str, *, tone: str = "accent") -> SafeString:
    """A thin bar; `percent` is cut to 0..100."""
    value = min(100.0, max(0.0, float(percent)))
    return format_html(
        '<svg class="chart meter-bar" role="img" aria-label="{}: {} %" width="100%" height="6">'
        '<rect class="track" width="100%" height="6" rx="3"/><rect class="fill tone-{}" width="{}" height="6" rx="3"/>'
        "</svg>",
        label,
        f"{value:.0f}",
        tone,
        pct(value),
    )


def score_ring(score: int, letter: str) -> SafeString:
    """A score of 0..100 as an arc in its grade's colour with the number inside."""
    length = 2 * math.pi * 28
    return format_html(
        '<span class="ring {}"><svg viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">'
        '<circle class="track" cx="32" cy="32" r="28"/><circle class="arc" cx="32" cy="32" r="28"'
        ' stroke-dasharray="{} {}" transform="rotate(-90 32 32)"/></svg>'
        '<strong>{}<span class="sr-only"> of 100</span></strong></span>',
        grade_class(letter),
        f"{length * min(100, max(0, score)) / 100:.2f}",
        f"{length:.2f}",
        score,
    )
