"""The parts of criteria: terms, ranges and levels, and the names under which they stand in JSON and in attributes."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["must", "nice"]
LEVELS: tuple[Level, ...] = ("must", "nice")

# Attribute -> key in JSON, in the order in which people read them.
TERM_FIELDS = {
    "keywords": "keywords",
    "industries": "industries",
    "places": "places",
    "titles": "titles",
    "seniorities": "seniorities",
    "departments": "departments",
    "technologies": "technologies",
    "funding_stages": "funding_stages",
}
RANGE_FIELDS = {"employees": "employees", "revenue": "revenue", "founded": "founded"}
FLAG_FIELDS = {"has_email": "email", "has_phone": "phone", "hiring": "hiring", "new_in_role": "new_in_role"}
FIELDS = TERM_FIELDS | RANGE_FIELDS | FLAG_FIELDS
LABELS = {
    "keywords": "Keywords",
    "industries": "Industry",
    "places": "Place",
    "titles": "Job title",
    "seniorities": "Seniority",
    "departments": "Department",
    "technologies": "Technology",
    "funding_stages": "Funding stage",
    "employees": "Employees",
    "revenue": "Revenue",
    "founded": "Founded",
    "has_email": "E-mail",
    "has_phone": "Phone",
    "hiring": "Hiring",
    "new_in_role": "New in role",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """Any one of `values` is wanted, at the level; none of `excluded` may be there, whatever the level."""

    values: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    level: Level = "must"

    def __bool__(self) -> bool:
        return bool(self.values or self.excluded)


@dataclass(frozen=True, slots=True)
class Range:
    """From `min` to `max`, both included; None is open. Employees in heads, revenue in US dollars, founded in years."""

    min: int | None = None
    max: int | None = None
    level: Level = "must"

    def __bool__(self) -> bool:
        return self.min is not None or self.max is not None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is asked: `name` is an attribute of Criteria, `asked` its value (a Level for yes-or-no ones)."""

    name: str
    asked: Terms | Range | Level

    @property
    def level(self) -> Level:
        return self.asked if isinstance(self.asked, str) else self.asked.level

    @property
    def label(self) -> str:
        return LABELS[self.name]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a candidate does not fit: `criterion` is an attribute of Criteria; `wanted` and `found` are for people."""

    criterion: str
    wanted: str
    found: str


class InvalidCriteria(ValueError):
    """`errors`: for each key of the JSON form that is wrong, a sentence that says what and what to write instead."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {sentence}" for name, sentence in errors.items()))
        self.errors = errors
