"""What changed over time: the grades of all leads from week to week, and one lead's score step by step, with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import TruncWeek

from leadengine.wording import signed
from leads.models import Lead
from scoring.apportioning import apportioned
from scoring.engine import UNKNOWN, Steps, exact_points
from scoring.models import Profile, ScoreChange
from scoring.profiles import as_rulebook
from scoring.rulebook import FACTORS, GRADES, STEPS

WEEKS, REMEMBERED, SPAN = 12, 20, timedelta(days=30)
ANOTHER_GRADE = ~Q(grade=F("grade_before"))


@dataclass(frozen=True, slots=True)
class Week:
    """How many leads of each grade there were at the end of the week that begins on `monday`."""

    monday: date
    grades: Mapping[str, int]

    @property
    def leads(self) -> int:
        return sum(self.grades.values())


def weeks(workspace: Any, *, now: datetime, number: int = WEEKS) -> list[Week]:
    """The grade mix at the end of each of the last weeks, the current one last. One query of an index."""
    moved = ScoreChange.objects.of(workspace).filter(ANOTHER_GRADE).order_by()
    rows = moved.annotate(week=TruncWeek("changed_at")).values_list("week", "grade_before", "grade")
    steps = [(week.date(), before, after, count) for week, before, after, count in rows.annotate(number=Count("pk"))]
    monday = now.date() - timedelta(days=now.weekday())
    return mixed(steps, [monday - timedelta(weeks=back) for back in reversed(range(number))])


def mixed(steps: Iterable[tuple[date, str, str, int]], mondays: Sequence[date]) -> list[Week]:
    """Each week's mix from the steps (week, grade before or "", grade, how many) of all time.

    >>> [week.grades["A"] for week in mixed([(date(2026, 5, 4), "", "A", 3)], [date(2026, 4, 27), date(2026, 5, 4)])]
    [0, 3]
    """
    waiting, counts, found = sorted(steps), Counter[str](), []
    for monday in mondays:
        while waiting and waiting[0][0] <= monday:
            _, before, after, number = waiting.pop(0)
            counts[before] -= number
            counts[after] += number
        found.append(Week(monday, {grade: max(0, counts[grade]) for grade in GRADES}))
    return found


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason for which leads changed their grade lately."""

    why: str
    better: int
    worse: int
    new: int

    @property
    def all(self) -> int:
        return self.better + self.worse + self.new


def causes(workspace: Any, *, now: datetime, most: int = 8) -> list[Cause]:
    """Why leads got another grade in the last 30 days, the commonest reason first. One query."""
    moved = ScoreChange.objects.of(workspace).filter(ANOTHER_GRADE, changed_at__gt=now - SPAN).order_by()
    is_new = Q(grade_before="")
    is_better = Q(place__lt=F("place_before"))  # by the grade: where a cut-off moved, totals did not
    rows = (
        moved.alias(place=_place("grade"), place_before=_place("grade_before"))
        .values("why")
        .annotate(
            new=Count("pk", filter=is_new),
            better=Count("pk", filter=~is_new & is_better),
            worse=Count("pk", filter=~is_new & ~is_better),
        )
    )
    found = [Cause(row["why"] or "Not noted", row["better"], row["worse"], row["new"]) for row in rows]
    return sorted(found, key=lambda each: (-each.all, each.why))[:most]


def _place(grade: str) -> Case:
    """The place of this column's grade in GRADES, 0 for A+."""
    return Case(*(When(**{grade: each}, then=Value(place)) for place, each in enumerate(GRADES)))


@dataclass(frozen=True, slots=True)
class Part:
    """What one factor gave or took, in points, and not by rounding alone; all parts of a step add up to its change."""

    label: str
    points: int

    def __str__(self) -> str:
        return f"{self.label} {signed(self.points)}"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a lead's score; `change` is None for the first score."""

    at: datetime
    total: int
    grade: str
    grade_before: str
    change: int | None
    why: str
    parts: tuple[Part, ...]

    @property
    def said(self) -> str:
        """The change and its cause: "+7: replied on 3 May"; "Unchanged" where no factor moved by a point."""
        if self.change is None:
            return f"First score: {self.why}" if self.why else "First score"
        amount = signed(self.change) if self.change else "±0" if self.parts else "Unchanged"
        return f"{amount}: {_in_sentence(self.why)}" if self.why else amount

    @property
    def is_other_grade(self) -> bool:
        return bool(self.grade_before) and self.grade != self.grade_before

    def to_json(self) -> dict[str, Any]:
        parts = {part.label: part.points for part in self.parts}
        return {"at": self.at.isoformat(), "total": self.total, "grade": self.grade, "said": self.said, "parts": parts}


def steps_of(lead: Lead) -> list[Step]:
    """The newest changes of a lead's score as they were stored, newest first, each with what every factor gave or took.

    One query.
    """
    changes = ScoreChange.objects.of(lead.workspace_id).filter(lead=lead).select_related("profile__workspace")
    found = list(changes.order_by("-id")[: REMEMBERED + 1])
    older: list[ScoreChange | None] = [*found[1:], None]
    return [_step(newer, before) for newer, before in zip(found, older, strict=False)][:REMEMBERED]


def _step(newer: ScoreChange, older: ScoreChange | None) -> Step:
    is_first = newer.total_before is None
    change = None if is_first else newer.total - (older.total if older else newer.total_before or 0)
    return Step(
        newer.changed_at,
        newer.total,
        newer.grade,
        newer.grade_before,
        change,
        newer.why,
        () if is_first or older is None else _parts(newer, older),
    )


def _parts(newer: ScoreChange, older: ScoreChange) -> tuple[Part, ...]:
    """Of the true differences, not of the rounded lines: two lines may be rounded otherwise where nothing has happened."""
    shares = apportioned(newer.total - older.total, (_exact(newer) - _exact(older)).tolist(), STEPS)
    parts = [Part(factor.label, points) for factor, points in zip(FACTORS, shares, strict=True) if points]
    return tuple(sorted(parts, key=lambda part: (-abs(part.points), part.label)))


def _exact(change: ScoreChange) -> Steps:
    """What each factor gave to the score as it was, by the version that made it, in steps of 1/10,000 of a point."""
    steps = np.array([[UNKNOWN if value is None else value for value in change.values]], dtype=np.int64)
    profile: Profile = change.profile
    exact: Steps = exact_points(steps, as_rulebook(profile, closed={}))[0]
    return exact


def _in_sentence(why: str) -> str:
    """Without its capital where an ordinary word begins it: "Replied on 3 May" -> "replied on 3 May"."""
    first, _, rest = why.partition(" ")
    is_plain = first[1:].islower() and first in ORDINARY
    return f"{first.lower()} {rest}".strip() if is_plain else why


ORDINARY = ("Replied", "Called", "Met", "Delivered", "Scored", "Included", "More", "Moved", "Opened", "Answered")
