"""The quality of leads as figures: each with what it shows in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.safestring import SafeString

from leadengine.charts import GRADES, distribution, grade_class
from leadengine.columncharts import columns
from leadengine.linecharts import Series
from leadengine.svg import share
from leadengine.wording import plural
from leads.quality import BEST, Quality

FROM_THE_FOOT = tuple(reversed(GRADES))
TENS = [f"{low}–{low + 9}" for low in range(0, 90, 10)] + ["90–100"]


def figures(quality: Quality) -> tuple[SafeString, ...]:
    """Grades from week to week, if there is more than one week, else the grades; and the spread of the scores."""
    if not quality.spread:
        return ()
    first = weekly(quality) if quality.has_history else distribution("grades", "Grades of all leads", quality.grades)
    return first, spread(quality)


def weekly(quality: Quality) -> SafeString:
    labels = [f"{week.day} {week:%b}" for week in quality.weekly]
    counts = list(quality.weekly.values())
    delivered = sum(sum(week.values()) for week in counts)
    best = _best(counts)
    total = f"{delivered:,} {plural(delivered, 'lead')} in {len(labels)} weeks"
    said = f"{total}, {best:,} of them grade A or better ({share(best, delivered)})."
    return columns(
        "weekly", "Leads delivered by week and grade", labels, _series(counts), finding=said, corner="Week from"
    )


def spread(quality: Quality) -> SafeString:
    counts = quality.tens
    sizes = [sum(ten.values()) for ten in counts]
    highest = max(range(len(sizes)), key=lambda place: sizes[place])
    said = f"Most often a lead scores {TENS[highest].replace('–', ' to ')}: {sizes[highest]:,} of {sum(sizes):,}."
    return columns("spread", "How the scores spread", TENS, _series(counts), finding=said, corner="Score")


def _series(counts: Sequence[Mapping[str, int]]) -> list[Series]:
    """One series per grade that occurs, the lowest at the foot."""
    found = ((grade, [each.get(grade, 0) for each in counts]) for grade in FROM_THE_FOOT)
    return [Series(grade, values, grade_class(grade)) for grade, values in found if any(values)]


def _best(counts: Iterable[Mapping[str, int]]) -> int:
    return sum(each.get(grade, 0) for each in counts for grade in BEST)
