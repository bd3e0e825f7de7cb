"""What the builder shows of the sentence it was given: a chip for each part that still holds, and the strange words."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from leads.criteria import Criteria
from leads.criteria.editing import asks, with_keyword, without, without_terms
from leads.criteria.sentence import Leftover, Part, understand
from leads.criteria.terms import FIELDS
from leads.forms import prefill

_ATTRIBUTES = {key: attribute for attribute, key in FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the sentence; `url` is the same search without it, empty for a limit."""

    part: Part
    url: str


@dataclass(frozen=True, slots=True)
class Stray:
    """Words that were not understood; `url` is the same search with them as a keyword, empty where that is no help."""

    left: Leftover
    url: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentence as it was read, beside the criteria as they are by now."""

    sentence: str
    chips: tuple[Chip, ...]
    strays: tuple[Stray, ...]


def reading_of(query: QueryDict, criteria: Criteria) -> Reading | None:
    """None where the search did not begin with a sentence. A part that was taken out below has no chip any more."""
    sentence = query.get("sentence", "").strip()
    if not sentence:
        return None
    said = understand(sentence, year=timezone.localdate().year)
    chips = tuple(Chip(part, _less(query, criteria, part)) for part in said.parts if _holds(criteria, part))
    strays = tuple(
        Stray(left, _more(query, criteria, left)) for left in said.leftovers if not _is_keyword(criteria, left)
    )
    return Reading(sentence, chips, strays)


def _holds(criteria: Criteria, part: Part) -> bool:
    if part.key == "most_leads":
        return True
    if not part.values:
        return asks(criteria, _ATTRIBUTES[part.key])
    return any(asks(criteria, name, terms, excluded=part.is_excluded) for name, terms in part.values.items())


def _less(query: QueryDict, criteria: Criteria, part: Part) -> str:
    if part.key == "most_leads":
        return ""
    fewer = criteria if part.values else without(criteria, _ATTRIBUTES[part.key])
    for name, terms in part.values.items():
        fewer = without_terms(fewer, name, terms, excluded=part.is_excluded)
    return _url(fewer, query)


def _more(query: QueryDict, criteria: Criteria, left: Leftover) -> str:
    if not left.keyword:
        return ""
    return _url(with_keyword(criteria, left.keyword, excluded=left.is_excluded), query)


def _is_keyword(criteria: Criteria, left: Leftover) -> bool:
    return bool(left.keyword) and asks(criteria, "keywords", [left.keyword], excluded=left.is_excluded)


def _url(criteria: Criteria, query: QueryDict) -> str:
    return f"{reverse('leads:search-new')}?{prefill.short(prefill.of_criteria(criteria, query)).urlencode()}"
