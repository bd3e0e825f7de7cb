"""Criteria: whom a search wants, in standard terms, the same for every source (JSON form: docs/criteria.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from leads.candidate import Candidate
from leads.criteria import describing, judging, reading
from leads.criteria.terms import (
    FIELDS,
    RANGE_FIELDS,
    TERM_FIELDS,
    Criterion,
    InvalidCriteria,
    Level,
    Mismatch,
    Range,
    Terms,
)

__all__ = ["Criteria", "Criterion", "InvalidCriteria", "Level", "Mismatch", "Range", "Terms"]

NO_TERMS = Terms()
ANY_NUMBER = Range()
PERSONAL = frozenset({"titles", "seniorities", "departments", "new_in_role"})


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is asked of a lead. *Must* filters, *nice* only scores; exclusions filter at either level.

    Places are terms of leads.vocabulary.places, industries, seniorities, departments and funding stages are codes of
    their vocabularies; titles, keywords and technologies are free text. Ranges: see Range.
    """

    keywords: Terms = NO_TERMS
    industries: Terms = NO_TERMS
    places: Terms = NO_TERMS
    titles: Terms = NO_TERMS
    seniorities: Terms = NO_TERMS
    departments: Terms = NO_TERMS
    technologies: Terms = NO_TERMS
    funding_stages: Terms = NO_TERMS
    employees: Range = ANY_NUMBER
    revenue: Range = ANY_NUMBER
    founded: Range = ANY_NUMBER
    has_email: Level | None = None
    has_phone: Level | None = None
    hiring: Level | None = None
    new_in_role: Level | None = None

    @classmethod
    def from_json(cls, data: object) -> Criteria:
        """Reads the JSON form into standard terms. Raises InvalidCriteria, which names every mistake."""
        return cls(**reading.read(data))

    def to_json(self) -> dict[str, Any]:
        """The canonical JSON form: only what is asked, always with its level; from_json gives the same criteria."""
        return {FIELDS[criterion.name]: _to_json(criterion) for criterion in self}

    def __iter__(self) -> Iterator[Criterion]:
        """Each criterion that is asked, in reading order."""
        return (Criterion(name, asked) for name in FIELDS if (asked := getattr(self, name)))

    def musts(self) -> tuple[Criterion, ...]:
        """The criteria that filter: those of level must, and any that exclude something."""
        return tuple(criterion for criterion in self if criterion.level == "must" or _excludes(criterion))

    def nices(self) -> tuple[Criterion, ...]:
        """The criteria of level nice that want something."""
        wanting = (each for each in self if each.level == "nice")
        return tuple(each for each in wanting if not isinstance(each.asked, Terms) or each.asked.values)

    @property
    def is_empty(self) -> bool:
        return not any(True for _criterion in self)

    @property
    def person_required(self) -> bool:
        """True if a must can hold only for a known person, so that a company alone cannot be delivered."""
        return any(
            criterion.name in PERSONAL and criterion.level == "must" and _wants(criterion) for criterion in self.musts()
        )

    def judge(self, candidate: Candidate) -> tuple[Mismatch, ...]:
        """Why the candidate must not be delivered: () if every must holds. A fact that is not known does not hold."""
        findings = ((criterion, judging.find(criterion, candidate)) for criterion in self.musts())
        return tuple(
            Mismatch(each.name, describing.wanted(each, excluded=finding.excluded), finding.found)
            for each, finding in findings
            if finding.excluded or (each.level == "must" and not finding.fits)
        )

    def match_share(self, candidate: Candidate) -> float | None:
        """The share (0..1) of the nice criteria that hold; a fact that is not known does not. None if none is asked."""
        nices = self.nices()
        if not nices:
            return None
        return sum(bool(judging.find(criterion, candidate).fits) for criterion in nices) / len(nices)

    def describe(self) -> str:
        """The criteria in plain English, for people to check."""
        return describing.sentence([each for each in self.musts() if each.level == "must"], self._of_level_nice())

    def _of_level_nice(self) -> tuple[Criterion, ...]:
        return tuple(each for each in self if each.level == "nice")


def _wants(criterion: Criterion) -> bool:
    return not isinstance(criterion.asked, Terms) or bool(criterion.asked.values)


def _excludes(criterion: Criterion) -> bool:
    return isinstance(criterion.asked, Terms) and bool(criterion.asked.excluded)


def _to_json(criterion: Criterion) -> dict[str, Any] | str:
    asked = criterion.asked
    if criterion.name in TERM_FIELDS and isinstance(asked, Terms):
        values = "any" if criterion.name == "keywords" else "values"
        lists = {values: list(asked.values), "none": list(asked.excluded)}
        return {key: value for key, value in lists.items() if value} | {"level": asked.level}
    if criterion.name in RANGE_FIELDS and isinstance(asked, Range):
        edges = {"min": asked.min, "max": asked.max}
        return {key: value for key, value in edges.items() if value is not None} | {"level": asked.level}
    return criterion.level
