"""The axes that charts share: where a value stands, round ends, grid lines, and labels thinned out until they fit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from leadengine.svg import compact, join, pct

MOST_LABELS = 16
ROOM_AT_END = 8  # characters that may stand out half beyond the plot
ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
LABEL_ROOM, LONGEST_LABEL = 130, 14  # characters: of one line of labels, and of one label


@dataclass(frozen=True, slots=True)
class Scale:
    """Positions in per cent of the plot; a single point stands in the middle."""

    count: int
    low: float
    top: float

    def x(self, index: int) -> float:
        return 1 + 98 * index / (self.count - 1) if self.count > 1 else 50.0

    def y(self, value: float) -> float:
        return 100 - 100 * (value - self.low) / (self.top - self.low)


def grid(scale: Scale, unit: str) -> SafeString:
    """Five lines with their values, the lowest at the foot."""
    steps = [scale.low + (scale.top - scale.low) * step / 4 for step in range(5)]
    return join(
        '<line class="grid" x1="0" x2="100%" y1="{0}" y2="{0}"/>'
        '<text x="-10" y="{0}" dy="4" text-anchor="end">{1}{2}</text>',
        ((pct(scale.y(value)), compact(value), unit) for value in steps),
    )


def ticks(labels: Sequence[str], places: Sequence[float], *, is_line: bool = False) -> SafeString:
    """The labels that fit below the plot, always the last one; most of them go in a narrow box.

    Of equal ones side by side a line has the last alone: they are one day, and no two things.
    """
    longest = min(LONGEST_LABEL, max((len(label) for label in labels), default=1))
    most = max(1, min(MOST_LABELS, LABEL_ROOM // (longest + 2)))
    every, third = -(-len(labels) // most), 3 if longest <= ROOM_AT_END else most
    parts = []
    for index, label in enumerate(labels):
        place, hidden = divmod(len(labels) - 1 - index, every)
        is_told = is_line and place > 0 and label == labels[index + every]
        if not (hidden or is_told):
            at, anchor = (100.0, "end") if len(label) > ROOM_AT_END and not place else (places[index], "middle")
            parts.append((" minor" if place % third else "", pct(at), anchor, short(label)))
    return join('<text class="tick{}" x="{}" y="100%" dy="22" text-anchor="{}">{}</text>', parts)


def short(label: str, most: int = LONGEST_LABEL) -> str:
    """A label as a picture has room for it; the table behind has it whole."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def whole_top(value: float) -> float:
    """As `nice_top`, for things that are counted: a quarter of it is a whole number, so that every grid line is one."""
    quarter = max(1.0, value / 4)
    power = 10.0 ** math.floor(math.log10(quarter))
    return next(
        4 * step * power for step in ROUND if step * power >= quarter * (1 - 1e-9) and (step * power).is_integer()
    )


def nice_top(value: float) -> float:
    """The next round number at or above `value`; 1 for nothing, so that an axis always has a length."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in ROUND if step * power >= value * (1 - 1e-9))
