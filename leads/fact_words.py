"""Stored facts as people read them: codes by their words, numbers of people as a range, amounts with their currency."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leads.models import Company, Evidence, SignalKind
from leads.vocabulary import funding, industries, places, titles

LOW, HIGH = "employees_min", "employees_max"
PHONE_KINDS = {"fixed": "landline", "fixed_or_mobile": "landline or mobile"}


def country(code: str) -> str:
    """Germany for "DE"; what is no code stays."""
    return places.COUNTRIES[code].name if code in places.COUNTRIES else code


def phone_kind(code: str) -> str:
    """A landline for "fixed", wherever a kind of line is told; toll free for "toll_free"."""
    return PHONE_KINDS.get(code, code.replace("_", " "))


def people(low: int | None, high: int | None) -> str:
    """A head count or a band: "120", "51–200", "1,001+"; empty when unknown."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low:,}+"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


WORDS: Mapping[str, Callable[[str], str]] = {
    "country": country,
    "industry": industries.label,
    "seniority": titles.seniority_label,
    "department": titles.department_label,
    "funding_stage": funding.label,
    LOW: lambda text: f"{people(int(text), None)} people" if text.isdecimal() else text,
    HIGH: lambda text: f"{people(None, int(text))} people" if text.isdecimal() else text,
    "revenue_usd": lambda text: f"US$ {int(text):,}" if text.isdecimal() else text,
}


def in_words(field: str, value: str) -> str:
    """The value of a field: ("company.country", "DE") is Germany, ("company.employees_min", "501") is 501+ people."""
    words = WORDS.get(field.rpartition(".")[2])
    return words(value) if words and value else value


def signal_detail(kind: str, detail: str) -> str:
    """What is told of a signal: ("funding", "series_c") is Series C."""
    return (funding.label(detail) if kind == SignalKind.FUNDING else detail).replace("_", " ")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a list of evidence: the words, and the observation that they are of."""

    field: str
    words: str
    fact: Any


def told(rows: Iterable[Evidence], company: Company | None = None) -> tuple[Told, ...]:
    """The evidence as it is listed: both ends of a number of people, told by one source, are one line.

    Of a company's own rows the lower end stands for both; the upper one is what stands at the company.
    """
    rows = list(rows)
    ends = {_end(row): row.value for row in rows if row.field.endswith(HIGH)}
    lines, paired = [], set()
    for row in rows:
        if row.field.endswith(LOW) and (high := ends.get(_end(row)) or _upper(row, company)):
            paired.add(_end(row))
            lines.append(Told(row.field.replace(LOW, "employees"), between(row.value, high), row))
        elif not row.field.endswith(HIGH):
            lines.append(Told(row.field, in_words(row.field, row.value), row))
    alone = [row for row in rows if row.field.endswith(HIGH) and _end(row) not in paired]
    return (*lines, *(Told(row.field, in_words(row.field, row.value), row) for row in alone))


def _upper(row: Evidence, company: Company | None) -> str:
    is_its_own = company is not None and row.company_id == company.pk and row.is_current
    return str(company.employees_max or "") if company and is_its_own else ""


def between(low: str, high: str) -> str:
    """("501", "1000") is 501–1,000 people."""
    both = low.isdecimal() and high.isdecimal()
    return f"{people(int(low), int(high))} people" if both else f"{low} to {high} people"


def _end(row: Evidence) -> tuple[Any, ...]:
    """By which the two ends of one observation find each other."""
    return row.lead_id, row.company_id, row.source, row.is_current, row.observed_at
