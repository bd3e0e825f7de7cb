"""When no lead matches: which condition keeps the most away, so that one click lets them in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from leads.models.lead import LeadQuerySet
from leads.query.conditions import condition
from leads.query.scope import Scope
from leads.query.telling import say
from leads.query.terms import LeadQuery

MOST = 8


@dataclass(frozen=True, slots=True)
class Loosening:
    """A term in words, the text of the query without it, and how many leads match then."""

    label: str
    rest: str
    matches: int


def loosenings(leads: LeadQuerySet, query: LeadQuery, scope: Scope) -> list[Loosening]:
    """The terms without which something matches, the most first. One query, of the first MOST terms."""
    terms = query.terms[:MOST]
    if not terms:
        return []
    without = {f"without_{place}": query.without(term) for place, term in enumerate(terms)}
    counted = leads.aggregate(**{name: Count("pk", filter=condition(rest, scope)) for name, rest in without.items()})
    found = [
        Loosening(say(term, scope), rest.text, counted[name])
        for term, (name, rest) in zip(terms, without.items(), strict=True)
        if counted[name]
    ]
    return sorted(found, key=lambda each: -each.matches)
