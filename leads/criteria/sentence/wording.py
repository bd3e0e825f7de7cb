"""What words of a sentence became, in words for people."""

from collections.abc import Mapping

from leads.criteria.describing import words
from leads.criteria.sentence.items import Asked
from leads.criteria.terms import LABELS, RANGE_FIELDS, Criterion, Range
from leads.vocabulary import funding, industries, places, titles

_NAMES = {
    "industries": industries.label,
    "places": places.label,
    "seniorities": titles.seniority_label,
    "departments": titles.department_label,
    "funding_stages": funding.label,
}
_FLAGS = {"has_email": "an e-mail address", "has_phone": "a phone number", "hiring": "open positions"}


def became(asked: Asked, values: Mapping[str, tuple[str, ...]]) -> str:
    """ "Industry: Financial Services", "50 to 200 employees", "At most 200 leads"."""
    if asked.name == "most_leads":
        return f"At most {asked.max or 0:,} leads"
    if asked.name in RANGE_FIELDS:
        sentence = words(Criterion(asked.name, Range(asked.min, asked.max)))
        return sentence[:1].upper() + sentence[1:]
    return "; ".join(_one(name, terms) for name, terms in values.items())


def _one(name: str, values: tuple[str, ...]) -> str:
    if name not in _NAMES and name not in ("keywords", "titles", "technologies"):
        return _FLAGS.get(name, LABELS[name])
    *others, last = [_NAMES.get(name, str)(value) for value in values]
    return f"{LABELS[name]}: {' or '.join([', '.join(others), last] if others else [last])}"
