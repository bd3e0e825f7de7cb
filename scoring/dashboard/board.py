"""All that the dashboard shows, read in a fixed number of queries; a part that fails leaves the others standing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from django.db import DatabaseError

from leadengine.wording import plural
from leads.query.tokens import quoted
from leads.sources.registry import title
from scoring.dashboard import accuracy, cards, pictures
from scoring.dashboard.asked import NOBODY, Asked
from scoring.dashboard.cohort import Cohort, Industry, by_industry, cohort, of_everybody, spread
from scoring.dashboard.history import RunLine, history
from scoring.dashboard.returns import Line
from scoring.dashboard.worth import Worth, usual_deal

T = TypeVar("T")
logger = logging.getLogger(__name__)
NOTHING = Decimal(0)
GONE, FREE = "No longer a member", "Nobody"


@dataclass(frozen=True)
class Board:
    """`people`: email and name of each member by id. `everybodys`: how many leads there are besides, where the one
    who is asked for has none. What could not be read is None."""

    of: Cohort
    people: dict[int, tuple[str, str]]
    spread: dict[tuple[int, str], int] | None
    industries: list[Industry] | None
    runs: list[RunLine] | None
    everybodys: int = 0

    @property
    def asked(self) -> Asked:
        return self.of.asked

    @cached_property
    def whole(self) -> Line:
        return cards.whole(self.of, self.asked.span)

    @property
    def none_of(self) -> str:
        """That leads came, but none of whom is asked for; empty where that is not so."""
        came, who = f"the {self.everybodys:,} {plural(self.everybodys, 'lead')} of these days", self.asked.who
        if not self.everybodys:
            return ""
        return (
            f"Each of {came} has an owner" if who == NOBODY else f"{self.people[int(who or 0)][1]} owns none of {came}"
        )

    @property
    def cards(self) -> list[cards.Card]:
        return cards.cards(self.of)

    @property
    def sources(self) -> list[Line]:
        return [
            self._line(title(name), worth, (f"source:{quoted(name)}",), cost=self.of.cost(self.asked.span, name))
            for name, worth in self.of.by(0).items()
        ]

    @property
    def reps(self) -> list[Line]:
        return [self._rep(pk, worth) for pk, worth in self.of.by(1).items()]

    @cached_property
    def accuracy(self) -> list[accuracy.Accuracy]:
        return accuracy.accuracy(self.of)

    def _rep(self, pk: int | None, worth: Worth) -> Line:
        """Of somebody who left there is no query; of those leads the number alone is told."""
        if pk is None:
            return self._line(FREE, worth, owner="none")
        email, name = self.people.get(pk, ("", GONE))
        return self._line(name, worth, owner=email, has_leads=bool(email))

    def _line(
        self, label: str, worth: Worth, terms: tuple[str, ...] = (), *, cost: Decimal = NOTHING, **more: Any
    ) -> Line:
        return Line(label, worth, cost, self.asked, self.of.usual, terms, **more)


def board(workspace: Any, asked: Asked, people: dict[int, tuple[str, str]]) -> Board:
    """Eleven queries; one more where the one who is asked for has no lead."""
    of = cohort(workspace, asked, usual_deal(workspace))
    has_none = asked.who is not None and not of.worth(asked.span).leads
    return Board(
        of,
        people,
        attempted("spread", lambda: spread(workspace, asked)),
        attempted("industries", lambda: by_industry(workspace, asked)),
        attempted("runs", lambda: history(workspace, asked)),
        of_everybody(workspace, asked) if has_none else 0,
    )


def attempted(name: str, part: Callable[[], T]) -> T | None:
    """What a part reads; None where the database could not answer, which is logged."""
    try:
        return part()
    except DatabaseError:
        logger.exception("The dashboard could not read %s.", name)
        return None


def charts(found: Board) -> dict[str, Any]:
    """The pictures by their names."""
    of, asked, spread, industries = found.of, found.asked, found.spread, found.industries
    return {
        "trend": pictures.trend(of),
        "grades": spread is not None and pictures.grades(spread, asked),
        "histogram": spread and pictures.histogram(spread, asked),
        "industries": industries is not None and pictures.benchmarked(industries, asked),
        "few": pictures.few(industries or [], asked),
        "sample": sum(each.all_graded for each in industries or []),
    }
