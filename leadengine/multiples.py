"""Small multiples: the grades of one run after another, each a picture of its own, all on one scale; a table behind.

As all charts: no script, no inline style, text that never scales. Counts are finite and not below zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from leadengine.charts import GRADES, grade_class
from leadengine.svg import caption, join, pct

HEIGHT = 56


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture: its name, where it leads, and how many have each grade."""

    label: str
    url: str
    counts: Mapping[str, int]


def multiples(key: str, title: str, panels: Sequence[Panel], *, finding: str, corner: str = "") -> SafeString:
    """A panel each, side by side; the tallest column of all fills the height. `corner` heads the table's labels."""
    highest = max((panel.counts.get(letter, 0) for panel in panels for letter in GRADES), default=0)
    return format_html(
        '<figure class="figure" id="{}">{}<ol class="multiples">{}</ol><p class="muted small">{}</p>{}</figure>',
        key,
        caption(key, title, finding),
        join("<li>{}</li>", ((_panel(panel, highest),) for panel in panels)),
        f"The full height is {highest:,} in each.",
        _table(title, panels, corner),
    )


def _panel(panel: Panel, highest: int) -> SafeString:
    said = ", ".join(f"{panel.counts.get(letter, 0):,} {letter}" for letter in GRADES)
    return format_html(
        '<a href="{}">{}</a><svg class="chart" role="img" aria-label="{}: {}" width="100%" height="{}">{}'
        '<rect class="track" height="1" width="100%" y="{}"/>{}</svg>',
        panel.url,
        panel.label,
        panel.label,
        said,
        HEIGHT + 16,
        join('<rect class="{} fill" x="{}" width="{}" y="{}" height="{}"/>', _columns(panel, highest)),
        HEIGHT,
        join('<text class="tick" x="{}" y="{}" text-anchor="middle">{}</text>', _letters()),
    )


def _columns(panel: Panel, highest: int) -> Iterator[tuple[str, ...]]:
    width = 100 / len(GRADES)
    for index, letter in enumerate(GRADES):
        height = HEIGHT * panel.counts.get(letter, 0) / highest if highest else 0.0
        if height:
            yield (
                grade_class(letter),
                pct(width * (index + 0.15)),
                pct(width * 0.7),
                f"{HEIGHT - height:.1f}",
                f"{height:.1f}",
            )


def _letters() -> Iterator[tuple[str, int, str]]:
    for index, letter in enumerate(GRADES):
        yield pct(100 / len(GRADES) * (index + 0.5)), HEIGHT + 13, letter


def _table(title: str, panels: Sequence[Panel], corner: str) -> SafeString:
    rows = (
        (panel.label, join('<td class="number">{}</td>', ((f"{n:,}",) for n in _counts(panel)))) for panel in panels
    )
    return format_html(
        '<details><summary>Show as table</summary><div class="scroll" tabindex="0" role="region" aria-label="{}, table">'
        '<table class="table compact"><thead><tr><th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table>'
        "</div></details>",
        title,
        corner,
        join('<th scope="col" class="number">{}</th>', ((letter,) for letter in GRADES)),
        join('<tr><th scope="row">{}</th>{}</tr>', rows),
    )


def _counts(panel: Panel) -> list[int]:
    return [panel.counts.get(letter, 0) for letter in GRADES]
