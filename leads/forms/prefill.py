"""A brief, a saved search or an earlier run as the query string of the builder's page, and a form's data as a short one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.http import QueryDict

from leadengine.workflows.briefs import MOST_LEADS
from leads.criteria import Criteria, Criterion, Range, Terms
from leads.criteria.sentence import Understood
from leads.criteria.terms import FIELDS
from leads.forms.builder import FIRST, MARK, BuilderForm
from leads.forms.criteria import CriteriaForm, understood
from leads.models import Run, SavedSearch
from leads.vocabulary import funding, industries, places, titles
from leads.vocabulary import offered as choices
from leads.word_lists import join

CLOSED = "seniorities"  # ticked only
_TICKED = {
    "industries": frozenset(code for code, _label in choices.industry_choices()),
    "places": frozenset(term for term, _label in choices.place_choices()),
    "departments": frozenset(code for code, _label in choices.department_choices()),
}
_LABELS = {
    "industries": industries.label,
    "places": places.label,
    "departments": titles.department_label,
    "funding_stages": funding.label,
}


def of_saved(saved: SavedSearch) -> QueryDict:
    limits: dict[str, object] = {"most_leads": saved.most_leads, "lowest_grade": saved.lowest_grade, "name": saved.name}
    given = {"most_credits": saved.most_credits, "file": saved.source_file_id}
    limits |= {name: value for name, value in given.items() if value is not None}
    ticked = {"new_only": saved.new_only, "verify_emails": saved.verify_emails, "is_shared": saved.is_shared}
    limits |= {name: "on" for name, is_on in ticked.items() if is_on}
    return _query(understood(saved.criteria)[0], saved.sources, **limits)


def of_ideal(criteria: Criteria) -> QueryDict:
    """The first search, of what the ideal customer says."""
    limits = {name: value for name, value in FIRST.items() if name != "sources"}
    return _query(criteria, [FIRST["sources"]], **limits)


def of_criteria(criteria: Criteria, data: QueryDict) -> QueryDict:
    """The same search with other criteria: everything else as `data` says, or the first search where it says nothing."""
    query = _query(criteria, data.getlist("sources") or [FIRST["sources"]])
    rest = set(BuilderForm.base_fields) - set(CriteriaForm.base_fields) - {"sources"}
    for name in rest & set(data):
        query.setlist(name, data.getlist(name))
    for name in ("most_leads", "lowest_grade") + (() if MARK in data else ("new_only",)):
        query.setdefault(name, FIRST[name])
    return query


def of_sentence(said: Understood, data: QueryDict) -> QueryDict:
    """What a sentence asks for; it stays with the search, so that one sees what was read."""
    query = of_criteria(said.criteria, data)
    query["sentence"] = said.sentence
    if said.most_leads:
        query["most_leads"] = str(min(said.most_leads, MOST_LEADS))
    return query


def of_run(run: Run) -> QueryDict:
    """To run it again: without the ceiling, if that was only what the estimate said."""
    limits: dict[str, object] = {"most_leads": run.most_leads, "lowest_grade": run.lowest_grade, "name": run.name}
    if Decimal(run.quote.get("at_most", "0")) != run.most_credits:
        limits["most_credits"] = run.most_credits
    limits |= {name: "on" for name in ("new_only", "verify_emails") if getattr(run, name)}
    if run.source_file_id:
        limits["file"] = run.source_file_id
    return _query(understood(run.criteria)[0], run.sources, **limits)


def short(data: QueryDict) -> QueryDict:
    """The same state in as few parameters as can be: no empty ones, no levels that say nothing, nothing secret."""
    query = QueryDict(mutable=True)
    for name, field in BuilderForm.base_fields.items():
        values = [value for value in data.getlist(name) if value]
        if name.endswith("_level") and (values == [field.initial] or not _is_asked(data, name.removesuffix("_level"))):
            continue
        if values:
            query.setlist(name, values)
    query[MARK] = "1"
    return query


def _is_asked(data: QueryDict, key: str) -> bool:
    return any(data.get(f"{key}{suffix}") for suffix in ("", "_text", "_none", "_min", "_max"))


def _query(criteria: Criteria, sources: Iterable[str], **limits: object) -> QueryDict:
    query = QueryDict(mutable=True)
    for criterion in criteria:
        for name, values in _fields(criterion).items():
            query.setlist(name, values)
    query.setlist("sources", list(sources))
    for name, value in limits.items():
        query[name] = str(value)
    query[MARK] = "1"
    return query


def _fields(criterion: Criterion) -> dict[str, list[str]]:
    key, asked = FIELDS[criterion.name], criterion.asked
    if isinstance(asked, Terms):
        return _wanted(key, asked.values) | _excluded(key, asked.excluded) | {f"{key}_level": [asked.level]}
    if isinstance(asked, Range):
        edges = {"min": asked.min, "max": asked.max}
        return {f"{key}_{side}": [str(edge)] for side, edge in edges.items() if edge is not None} | {
            f"{key}_level": [asked.level]
        }
    return {key: [asked]}


def _wanted(key: str, values: tuple[str, ...]) -> dict[str, list[str]]:
    """Ticks for what can be ticked, words for the rest."""
    if key == CLOSED:
        return {key: list(values)} if values else {}
    ticked = [value for value in values if value in _TICKED.get(key, ())]
    typed = [_LABELS.get(key, str)(value) for value in values if value not in ticked]
    name = f"{key}_text" if key in _TICKED else key
    return ({key: ticked} if ticked else {}) | ({name: [join(typed)]} if typed else {})


def _excluded(key: str, values: tuple[str, ...]) -> dict[str, list[str]]:
    if not values:
        return {}
    return {f"{key}_none": list(values) if key == CLOSED else [join(_LABELS.get(key, str)(value) for value in values)]}
