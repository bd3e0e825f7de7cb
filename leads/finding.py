"""Finds by name, as somebody types: people, companies, runs and saved searches of a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import F, Q

from leadengine.pages import begins as begins_each
from leads.identity import name_sort_key
from leads.models import Company, Lead, LeadEdit, Run, SavedSearch
from leads.saved_searches import visible_to
from leads.stock_searches import STOCK, StockSearch

SHORTEST = 2
UNDO = "undo last edit change revert take back"


@dataclass(frozen=True, slots=True)
class Found:
    """What has the name, the best of each kind; `leads` carry their score and company."""

    searches: list[SavedSearch]
    leads: list[Lead]
    companies: list[Company]
    runs: list[Run]

    def __bool__(self) -> bool:
        return bool(self.searches or self.leads or self.companies or self.runs)


def find(text: str, workspace: Any, *, user: Any, most: int) -> Found:
    """At most `most` of each kind, in four queries; nothing for fewer than two letters."""
    words = name_sort_key(text).split()
    if len("".join(words)) < SHORTEST:
        return Found([], [], [], [])
    leads = Lead.objects.of(workspace).living().filter(begins("name_key", words)).select_related("company", "score")
    companies = Company.objects.of(workspace).filter(begins("name_key", words))
    named = [Q(name__icontains=word) for word in text.split()]
    return Found(
        list(visible_to(user, workspace).filter(reduce(and_, named)).order_by("name", "id")[:most]),
        list(leads.order_by(F("score__total").desc(nulls_last=True), "name_key", "id")[:most]),
        list(companies.order_by("name_key", "id")[:most]),
        list(Run.objects.of(workspace).filter(is_run(text)).order_by("-created_at", "-id")[:most]),
    )


def is_run(text: str) -> Q:
    """By its number, as in "run 7", or by words of its name."""
    words = [word for word in text.lower().split() if word != "run"]
    if len(words) == 1 and words[0].isascii() and words[0].isdecimal() and len(words[0]) < 9:
        return Q(number=int(words[0]))
    return reduce(and_, (Q(name__icontains=word) for word in words), Q())


def begins(field: str, words: list[str]) -> Q:
    """Each word begins a word of the name: "mi san" finds Mira Sandoval, and "ira" does not."""
    return reduce(
        and_, (Q(**{f"{field}__startswith": word}) | Q(**{f"{field}__contains": f" {word}"}) for word in words)
    )


def templates(text: str) -> list[StockSearch]:
    """The searches to start from whose name or need is typed, or all for "template"."""
    typed = text.lower().split()
    if len("".join(typed)) < SHORTEST:
        return []
    return [each for each in STOCK.values() if begins_each(typed, f"apply template {each.title} {each.need}")]


def last_edit(text: str, workspace: Any, *, user: Any) -> LeadEdit | None:
    """What the person changed last and could take back, for who types "undo"; no query for other words."""
    typed = text.lower().split()
    if len("".join(typed)) < SHORTEST or not begins_each(typed, UNDO):
        return None
    edits = LeadEdit.objects.of(workspace).filter(by=user, undone_at=None)
    found: LeadEdit | None = edits.order_by("-made_at", "-pk").first()
    return found
