"""Which leads a form of the list is about: those that were ticked, or all that match its query."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leads.models.lead import LeadQuerySet
from leads.query.terms import LeadQuery
from leads.views.browsing import Browsing

EVERYTHING, TICK = "everything", "lead"


@dataclass(frozen=True, slots=True)
class Selection:
    """`query` is None where leads were ticked; `problem` says why nothing can be done with the selection."""

    leads: LeadQuerySet
    query: LeadQuery | None = None
    problem: str = ""


def selected(browsing: Browsing) -> Selection:
    """A query that was not wholly understood selects nothing: it would select more than was meant."""
    if EVERYTHING in browsing.data:
        return everything(browsing)
    ids = ticked(browsing)
    return Selection(browsing.mine.filter(pk__in=ids), None, "" if ids else "Tick at least one lead.")


def everything(browsing: Browsing) -> Selection:
    """All that match the query, however many."""
    problem = " ".join(each.sentence for each in browsing.reading.problems)
    return Selection(browsing.matching(browsing.query), browsing.query, problem)


def ticked(browsing: Browsing) -> list[UUID]:
    found = []
    for text in browsing.data.getlist(TICK):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
