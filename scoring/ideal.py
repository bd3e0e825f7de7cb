"""The ideal customer of a workspace: whom it would like best, which scores leads but never filters them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from leads.criteria import Criteria, InvalidCriteria, Range

LISTS = ("industries", "places", "seniorities", "departments", "titles", "technologies", "keywords", "funding_stages")
RANGES = ("employees", "revenue", "founded")
OF_COMPANIES = ("industries", "technologies", "keywords", "funding_stages", *RANGES)


@dataclass(frozen=True, slots=True)
class IdealCustomer:
    """Target industries, places, sizes, roles and technologies in the vocabulary of criteria; () and None mean "open".

    `employees` is a head count, `revenue` US dollars per year, `founded` years; any one of `keywords` will do.
    """

    industries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    employees: Range | None = None
    seniorities: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    revenue: Range | None = None
    keywords: tuple[str, ...] = ()
    funding_stages: tuple[str, ...] = ()
    founded: Range | None = None

    @property
    def is_empty(self) -> bool:
        return self == IdealCustomer()

    @property
    def describes_companies(self) -> bool:
        """Whether it says anything of companies, not only of people and places."""
        return any(getattr(self, name) for name in OF_COMPANIES)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads `{"industries": ["retail"], "employees": {"min": 50, "max": 500}}`, or the JSON of criteria."""
        read: dict[str, Any] = {name: _values(data.get(name)) for name in LISTS}
        return cls(**read | {name: _range(data.get(name)) for name in RANGES})

    def to_json(self) -> dict[str, Any]:
        """The same form; what is open is left out."""
        lists = {name: list(getattr(self, name)) for name in LISTS if getattr(self, name)}
        ranges = {name: getattr(self, name) for name in RANGES if getattr(self, name)}
        return lists | {name: {"min": wanted.min, "max": wanted.max} for name, wanted in ranges.items()}

    def filled_by(self, criteria: Criteria) -> Self:
        """This ideal customer, with what it leaves open taken from a run's criteria, whether must or nice."""
        asked = IdealCustomer.from_json(criteria.to_json())
        open_fields = [item.name for item in fields(self) if not getattr(self, item.name)]
        return replace(self, **{name: getattr(asked, name) for name in open_fields})

    def as_criteria(self, *, musts: Collection[str] = ()) -> Criteria:
        """The same as criteria, those named a must and all else nice; Criteria() where the vocabulary knows it no more."""
        try:
            return Criteria.from_json({key: _asked(key, wanted, musts) for key, wanted in self.to_json().items()})
        except InvalidCriteria:
            return Criteria()


def _asked(key: str, wanted: Any, musts: Collection[str]) -> dict[str, Any]:
    level = "must" if key in musts else "nice"
    if not isinstance(wanted, list):
        return wanted | {"level": level}
    return {"any" if key == "keywords" else "values": wanted, "level": level}


def _values(stated: Any) -> tuple[str, ...]:
    values = stated.get("values") or stated.get("any") or () if isinstance(stated, Mapping) else stated or ()
    return tuple(dict.fromkeys(str(value) for value in values))


def _range(stated: Any) -> Range | None:
    if not isinstance(stated, Mapping) or (stated.get("min") is None and stated.get("max") is None):
        return None
    return Range(stated.get("min"), stated.get("max"))
