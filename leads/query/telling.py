"""A query as people see it: a chip for each term, with the query that is left without it; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leads.query.fields import FIELDS
from leads.query.scope import Scope, find
from leads.query.terms import WORDS, LeadQuery, Term
from leads.query.tokens import quoted, values_of


@dataclass(frozen=True, slots=True)
class Chip:
    """One term in words, and the text of the query without it."""

    label: str
    text: str
    rest: str
    is_excluded: bool


def chips(query: LeadQuery, scope: Scope) -> list[Chip]:
    return [Chip(say(term, scope), term.text, query.without(term).text, term.is_excluded) for term in query.terms]


def by_name(query: LeadQuery, scope: Scope) -> str:
    """The canonical text as people would type it: an import by its file, where that is the only one of that name."""
    terms = [replace(term, values=tuple(_named(term, value, scope) for value in term.values)) for term in query.terms]
    return LeadQuery(tuple(terms)).text


def _named(term: Term, value: str, scope: Scope) -> str:
    choice = find(scope.imports, value) if term.field == "import" else None
    if choice is None or [each.label.casefold() for each in scope.imports].count(choice.label.casefold()) > 1:
        return value
    return choice.label if values_of(quoted(choice.label)) == (choice.label,) else value


def say(term: Term, scope: Scope) -> str:
    """ "Grade: A+ or A", "Not stage: Won", "“fintech”"."""
    field = FIELDS[term.field]
    words = " or ".join(field.show(value, scope) for value in term.values)
    if term.field == WORDS:
        return f"Not {words}" if term.is_excluded else words
    label = f"Not {field.label[0].lower()}{field.label[1:]}" if term.is_excluded else field.label
    return f"{label}: {words}"
