"""Criteria with one thing changed: some terms taken out, a whole criterion dropped, a keyword put in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from leads.criteria import Criteria, Terms
from leads.criteria.terms import RANGE_FIELDS
from leads.names import fold


def asking(criteria: Criteria, name: str, asked: Any) -> Criteria:
    """The attribute asked so, whatever it was before: Terms, a Range, a level or None."""
    return replace(criteria, **{name: asked})


def without_terms(criteria: Criteria, name: str, values: Iterable[str], *, excluded: bool = False) -> Criteria:
    """Those values of an attribute no longer wanted, or no longer excluded."""
    terms: Terms = getattr(criteria, name)
    kind = "excluded" if excluded else "values"
    gone = {fold(value) for value in values}
    kept: Any = tuple(value for value in getattr(terms, kind) if fold(value) not in gone)
    return asking(criteria, name, replace(terms, **{kind: kept}))


def without(criteria: Criteria, name: str) -> Criteria:
    """The attribute not asked at all."""
    return asking(criteria, name, getattr(Criteria(), name))


def with_keyword(criteria: Criteria, word: str, *, excluded: bool = False) -> Criteria:
    """One keyword more; a keyword that is there already stays once."""
    terms = criteria.keywords
    kind = "excluded" if excluded else "values"
    words: Any = tuple(dict.fromkeys((*getattr(terms, kind), word)))
    return asking(criteria, "keywords", replace(terms, **{kind: words}))


def asks(criteria: Criteria, name: str, values: Iterable[str] = (), *, excluded: bool = False) -> bool:
    """Whether the attribute is asked with any of these values; ranges and flags have none."""
    asked = getattr(criteria, name)
    if not isinstance(asked, Terms):
        return bool(asked) if name in RANGE_FIELDS else asked is not None
    held = {fold(value) for value in (asked.excluded if excluded else asked.values)}
    return any(fold(value) in held for value in values)
