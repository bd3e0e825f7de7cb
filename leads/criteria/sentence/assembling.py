"""Things that are asked -> Criteria: one list for each field, roles as alternatives, contradictions told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from leads.criteria.reading import LIMITS
from leads.criteria.sentence.scoping import Scoped
from leads.criteria.terms import FIELDS, RANGE_FIELDS, TERM_FIELDS, Level
from leads.vocabulary import titles

ROLES = ("titles", "seniorities", "departments")
BOUNDLESS = 10**15


@dataclass(slots=True)
class Draft:
    """Criteria under construction, in their JSON form by attribute.

    `refused` holds what cannot be asked and why, `taken` all else with the values by attribute that it became.
    """

    asked: dict[str, Any] = field(default_factory=dict)
    refused: list[tuple[Scoped, str]] = field(default_factory=list)
    taken: list[tuple[Scoped, dict[str, tuple[str, ...]]]] = field(default_factory=list)
    most_leads: int | None = None


def assemble(things: Sequence[Scoped]) -> Draft:
    """Everything put together; what contradicts what came before is refused."""
    draft = Draft()
    alternatives = _are_alternatives(things)
    for each in things:
        named = {each.asked.name: each.asked.values} | each.asked.others
        meant = dict(_as_titles(name, values) if alternatives else (name, values) for name, values in named.items())
        whys = [why for name, values in meant.items() if (why := _add(draft, each, name, values))]
        if whys:
            draft.refused.append((each, whys[0]))
        else:
            draft.taken.append((each, meant))
    return draft


def to_json(draft: Draft) -> dict[str, Any]:
    """What `Criteria.from_json` reads."""
    return {FIELDS[name]: value for name, value in draft.asked.items()}


def _are_alternatives(things: Iterable[Scoped]) -> bool:
    """ "CTOs and founders": a person is the one or the other, so both must stand in one list, that of titles."""
    people = [each for each in things if each.asked.name in ROLES and not each.is_excluded]
    names = {each.asked.name for each in people}
    is_listed = any(each.asked.is_listed for each in people[1:])
    return "titles" in names and ("seniorities" in names or ("departments" in names and is_listed))


def _as_titles(name: str, values: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    labels = {"seniorities": titles.SENIORITIES | {"entry": "Junior"}, "departments": titles.DEPARTMENTS}.get(name)
    return ("titles", tuple(labels[value] for value in values)) if labels else (name, values)


def _add(draft: Draft, each: Scoped, name: str, values: tuple[str, ...]) -> str:
    """Adds one thing; the reason if it cannot be asked."""
    if name == "most_leads":
        draft.most_leads = each.asked.max
        return ""
    if name in RANGE_FIELDS:
        return _add_range(draft, each, name)
    if name in TERM_FIELDS:
        return _add_terms(draft, each, name, values)
    if each.is_excluded:
        return "this cannot be excluded"
    draft.asked[name] = each.level if draft.asked.get(name) != "must" else "must"
    return ""


def _add_terms(draft: Draft, each: Scoped, name: str, values: tuple[str, ...]) -> str:
    terms = draft.asked.setdefault(name, {"values": [], "none": [], "level": each.level})
    kind, other = ("none", "values") if each.is_excluded else ("values", "none")
    if any(_same(value, known) for value in values for known in terms[other]):
        return "it is both wanted and excluded"
    if not each.is_excluded and terms["values"] and each.level != terms["level"]:
        if each.level == "nice":
            return f"the {name.replace('_', ' ')} before it are a must, and one list is either must or nice"
        terms["values"] = []
    if not each.is_excluded:
        terms["level"] = each.level
    terms[kind] += [value for value in values if not any(_same(value, known) for known in terms[kind])]
    return ""


def _add_range(draft: Draft, each: Scoped, name: str) -> str:
    """Two ranges of one thing narrow each other; an exclusion of one side asks for the other."""
    low, high = each.asked.min, each.asked.max
    if each.is_excluded:
        if (low is None) == (high is None):
            return "a range in the middle cannot be excluded"
        low, high = (None, low - 1) if low is not None else (high + 1, None)  # type: ignore[operator]
    known = draft.asked.get(name, {})
    edges = {
        "min": max((edge for edge in (low, known.get("min")) if edge is not None), default=None),
        "max": min((edge for edge in (high, known.get("max")) if edge is not None), default=None),
    }
    least, most = LIMITS[name]
    if any(not least <= edge <= most for edge in edges.values() if edge is not None):
        return f"it is out of range: from {least:,} to {most:,}"
    if (edges["min"] or 0) > (edges["max"] if edges["max"] is not None else BOUNDLESS):
        return "it contradicts what stands before it"
    level: Level = "must" if known.get("level") == "must" else each.level
    draft.asked[name] = edges | {"level": level}
    return ""


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
