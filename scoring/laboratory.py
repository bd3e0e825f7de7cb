"""One look into the laboratory: the profile that is tried, what is in force for its leads, and what would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from leadengine import charts
from leadengine.charts import Bar
from leadengine.wording import signed
from leads.models import Lead
from scoring.averaging import is_other_ideal
from scoring.freshness import as_of, is_stale
from scoring.hindsight import without_ends
from scoring.models import Profile
from scoring.profiles import as_rulebook, published
from scoring.revaluing import revalued
from scoring.rulebook import GRADES, governing
from scoring.stored import Stored, read, scope_of
from scoring.trial import ENOUGH, Move, Trial, trial
from scoring.versions import drafted, weighting_of
from scoring.weighting import Weighting

PAGE = 20


@dataclass(frozen=True, slots=True)
class Experiment:
    """`now` is what scores these leads today; `own` the industry's own version in force, None where it has none.

    `has_other_ideal`: they are valued anew, by another ideal customer than today's; `is_stale`: they are, because stored
    values are old. `as_of` is how old: all were made, or found the same, since then.
    """

    now: Profile
    own: Profile | None
    stored: Stored
    trial: Trial
    weighting: Weighting
    has_other_ideal: bool = False
    is_stale: bool = False
    as_of: datetime | None = None

    @property
    def seen(self) -> int:
        """The number of the version in force, 0 for none: what publishing will ask for again."""
        return self.own.version if self.own else 0

    @property
    def cells(self) -> list[list[Cell]]:
        return cells(self.trial)

    @property
    def shares(self) -> SafeString:
        return shares(self.trial)

    @property
    def said(self) -> str:
        return said(self.trial)

    @property
    def by_averages(self) -> str:
        """How much of it newer averages do, in a sentence; "" if nothing. Of numbers that nobody moved it is all."""
        if not self.trial.changed or not self.trial.by_averages:
            return ""
        if not self.difference:
            since = f" than those of version {self.own.version}" if self.own else " than those in force"
            return f"No weight and no cut-off is moved: all of it comes from averages that are newer{since}.{self._averages}"
        told = f"Newer averages alone would change {self.trial.by_averages:,}: they are measured with each version."
        return told + self._averages

    @property
    def _averages(self) -> str:
        """Which of them moved: " What counts where it is unknown: E-mail validity 60 → 72 %." """
        moved = [f"{label} {100 * was:.0f} → {100 * now:.0f} %" for label, was, now in self.trial.averages]
        return f" What counts where it is unknown: {', '.join(moved)}." if moved else ""

    @property
    def brief(self) -> str:
        """How many would change, in as few words as a phone has room for."""
        number = self.trial.changed
        if not number:
            return "Nobody changes grade"
        told = f"{number:,} {'leads change' if number > 1 else 'lead changes'}"
        is_own = self.difference or self.has_other_ideal or self.is_stale
        return told if is_own else f"Nothing moved; {told} by newer averages"

    @property
    def grades_changed(self) -> list[tuple[str, int, int]]:
        """(grade, leads now, leads then) for each grade that would have more or fewer."""
        before, after = self.trial.counts()
        return [(grade, before[grade], after[grade]) for grade in GRADES if before[grade] != after[grade]]

    @property
    def has_enough(self) -> bool:
        """Whether the deals of the last quarter say anything."""
        return self.trial.closed >= ENOUGH

    @property
    def difference(self) -> list[tuple[str, int, int]]:
        """(what, now, then) for each number that would change."""
        return weighting_of(self.now).difference(self.weighting)

    def movers(self, origin: str, goal: str, number: Any) -> Page:
        """A page of rows of the stored leads that get another grade."""
        return Paginator(self.trial.movers(origin, goal), PAGE).get_page(number)

    def to_json(self) -> dict[str, Any]:
        before, after = self.trial.counts()
        numbers = {"leads": self.trial.n, "changed": self.trial.changed, "by_averages": self.trial.by_averages}
        ways: dict[str, Any] = {"better": self.trial.better, "worse": self.trial.worse, "closed": self.trial.closed}
        matrix = dict(zip(GRADES, (dict(zip(GRADES, row, strict=True)) for row in self.trial.matrix()), strict=True))
        ways["as_of"] = self.as_of.isoformat() if self.as_of else None
        return {**numbers, **ways, "before": before, "after": after, "matrix": matrix}


def experiment(
    workspace: Any,
    industry: str,
    weighting: Weighting,
    *,
    now: datetime,
    expected: tuple[float, ...] = (),
    ideal: Any = None,
) -> Experiment:
    """Tries a weighting on the leads that this industry's profile scores, or would score.

    `expected` are averages that come with it; without them it is tried with those of today. `ideal` is the ideal customer
    that comes with it; one that is not today's has all leads valued anew, and so have stored values that are old.
    """
    in_force, since = published(workspace), as_of(workspace)
    profile = governing(in_force, industry)
    scope = scope_of(industry, in_force)
    stored = read(workspace.pk, scope, now=now)
    is_other, is_old = ideal is not None and is_other_ideal(ideal, profile), is_stale(since, now=now)
    given = {"note": "", "by": None, "now": now, "ideal": ideal}
    drafts, then = {industry: drafted(workspace, industry, weighting, **given)} if is_other else {}, None
    if is_other or is_old:
        values = revalued(workspace, drafts, now=now)
        expected, then = expected or tuple(values.expected(scope)), values.of(stored).scoped()
    before = as_rulebook(profile, closed={})
    after = replace(before, weights=weighting.weights, cuts=weighting.cuts, expected=expected or stored.expected())
    scoped = stored.scoped()
    tried = trial(scoped, before, after, then=then, deals=_deals(workspace, scoped.closed(), drafts, now))
    own = in_force.get(industry)
    return Experiment(profile, own, scoped, tried, weighting, has_other_ideal=is_other, is_stale=is_old, as_of=since)


def _deals(workspace: Any, closed: Stored, drafts: dict[str, Profile], now: datetime) -> tuple[Stored, Stored]:
    """The closed leads as they are valued while their deal is open, today and with these drafts in force."""
    today = without_ends(workspace, closed, drafts={}, now=now)
    return today, without_ends(workspace, closed, drafts=drafts, now=now) if drafts else today


def returning(draft: Profile, *, now: datetime) -> Experiment:
    """What an earlier version, as `versions.restored` makes it, would do with the averages that come with it."""
    given = {"expected": tuple(draft.expected), "ideal": draft.ideal}
    return experiment(draft.workspace, draft.industry, weighting_of(draft), now=now, **given)


@dataclass(frozen=True, slots=True)
class Mover:
    """A lead that gets another grade."""

    lead: Lead
    move: Move

    @property
    def change(self) -> str:
        return signed(self.move.change) if self.move.change else "±0"


def named(found: Experiment, page: Page, workspace: Any) -> list[Mover]:
    """The leads of a page of rows, with their companies. One query."""
    moves: Sequence[Move] = found.trial.moves(list(page.object_list))
    ids = found.stored.lead_ids([move.row for move in moves])
    leads = Lead.objects.of(workspace).select_related("company").in_bulk(ids)
    return [Mover(leads[key], move) for key, move in zip(ids, moves, strict=True) if key in leads]


@dataclass(frozen=True, slots=True)
class Cell:
    """One way from a grade to a grade; `tone` is "good", "warn" or "" for those that stay."""

    origin: str
    goal: str
    count: int

    @property
    def tone(self) -> str:
        at, to = GRADES.index(self.origin), GRADES.index(self.goal)
        return "" if at == to else "good" if to < at else "warn"


def cells(found: Trial) -> list[list[Cell]]:
    """The migration matrix, a row for each grade before."""
    matrix = found.matrix()
    return [
        [Cell(origin, goal, count) for goal, count in zip(GRADES, row, strict=True)]
        for origin, row in zip(GRADES, matrix, strict=True)
    ]


def shares(found: Trial) -> SafeString:
    """How many leads of each grade there would be, with a mark at how many there are."""
    before, after = found.counts()
    bars = [
        Bar(grade, after[grade], benchmark=before[grade], note=f"was {before[grade]:,}", css=charts.grade_class(grade))
        for grade in GRADES
    ]
    finding = "Bars: then. Marks: today."
    return charts.bars(
        "shares", "Grades", bars, finding=finding, columns=("Grade", "Leads", "Before"), whole=sum(after.values())
    )


def said(found: Trial) -> str:
    """What would change, in one sentence."""
    if not found.n:
        return "No lead is scored by this profile yet."
    if not found.changed:
        return f"None of {found.n:,} leads would get another grade."
    share = 100 * found.changed / found.n
    part = "under 1 %" if share < 1 else f"{share:.0f} %"
    ways = f"{found.better:,} a better one, {found.worse:,} a worse one"
    return f"{found.changed:,} of {found.n:,} leads ({part}) would get another grade: {ways}."
