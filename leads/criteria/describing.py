"""Criteria in plain English: one sentence for people, and the words for one criterion."""

from collections.abc import Callable, Iterable

from leads.criteria.terms import Criterion, Range, Terms
from leads.vocabulary import funding, industries, places, titles

MOST_NAMED = 4
_UNITS = {"employees": "{} employees", "revenue": "{} US dollars of revenue", "founded": "founded {}"}
_FLAGS = {
    "has_email": "an e-mail address",
    "has_phone": "a phone number",
    "hiring": "open positions",
    "new_in_role": "a person new in the role",
}
_LABELS: dict[str, Callable[[str], str]] = {
    "industries": industries.label,
    "places": places.label,
    "seniorities": titles.seniority_label,
    "departments": titles.department_label,
    "funding_stages": funding.label,
}
_TERMS = {
    "keywords": "the words {}",
    "industries": "in {}",
    "places": "in {}",
    "titles": "with the title {}",
    "seniorities": "of the level {}",
    "departments": "in the department {}",
    "technologies": "using {}",
    "funding_stages": "at the stage {}",
}


def sentence(musts: Iterable[Criterion], nices: Iterable[Criterion]) -> str:
    """ "Leads that must be in Germany and have 50 to 1,000 employees; ideally using SAP; without ..."."""
    must, nice = list(musts), list(nices)
    wanted = [words(criterion) for criterion in must if _is_wanted(criterion)]
    ideal = [words(criterion) for criterion in nice if _is_wanted(criterion)]
    without = [excluded for criterion in (*must, *nice) if (excluded := _without(criterion))]
    parts = [f"Leads {'that must match: ' + '; '.join(wanted) if wanted else 'of any kind'}"]
    parts += [f"ideally: {'; '.join(ideal)}"] if ideal else []
    parts += [f"never: {'; '.join(dict.fromkeys(without))}"] if without else []
    return ". ".join(part[0].upper() + part[1:] for part in parts) + "."


def words(criterion: Criterion) -> str:
    """What is wanted of one criterion, without its level: "in Germany or Austria", "50 to 1,000 employees"."""
    asked = criterion.asked
    if isinstance(asked, Terms):
        return _TERMS[criterion.name].format(_any_of(criterion.name, asked.values))
    if isinstance(asked, Range):
        return _UNITS[criterion.name].format(_span(asked, plain=criterion.name == "founded"))
    return _FLAGS[criterion.name]


def wanted(criterion: Criterion, *, excluded: bool = False) -> str:
    """The words for a mismatch, of the exclusion if that was broken."""
    return f"not {_without(criterion)}" if excluded else words(criterion)


def _is_wanted(criterion: Criterion) -> bool:
    return not isinstance(criterion.asked, Terms) or bool(criterion.asked.values)


def _without(criterion: Criterion) -> str:
    asked = criterion.asked
    if not isinstance(asked, Terms) or not asked.excluded:
        return ""
    return _TERMS[criterion.name].format(_any_of(criterion.name, asked.excluded))


def labels_of(name: str, values: tuple[str, ...]) -> list[str]:
    """What people read for the values of an attribute; free text in quotes."""
    label = _LABELS.get(name, lambda value: f"“{value}”" if name in ("keywords", "titles") else value)
    return [label(value) for value in values]


def _any_of(name: str, values: tuple[str, ...]) -> str:
    named = labels_of(name, values[:MOST_NAMED])
    if len(values) > MOST_NAMED:
        named.append(f"{len(values) - MOST_NAMED} more")
    return " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def _span(asked: Range, *, plain: bool) -> str:
    low, high = (None if edge is None else str(edge) if plain else f"{edge:,}" for edge in (asked.min, asked.max))
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"from {low}" if low else f"up to {high}"
