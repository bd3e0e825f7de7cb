"""Several records of one person made into one, with the origin of every field; losing values are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from leads.candidate import CONSENT, Candidate, CompanyFacts, Signal, united_signals
from leads.letter_case import cased_names, cased_title

# Sources by authority: the customer's own file, then providers (by confidence and age), then a guess of ours.
AUTHORITY = ("file", "*", "guess")
# Fields that only make sense together: taken from one record, the one that knows most of them in order of authority.
TOGETHER = (("full_name", "first_name", "last_name"), ("country", "region", "city"))
COMPANY_TOGETHER = (("country", "region", "city"), ("industry", "industry_raw"), ("employees_min", "employees_max"))
NOT_MERGED = frozenset({"source", "record_id", "company", "signals", "evidence_url", "observed_at", "confidence"})
LISTS = frozenset({"technologies", "keywords", "registry_ids"})
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Observation:
    """One value as one source gave it."""

    value: Any
    source: str
    url: str
    observed_at: datetime | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Merged:
    """`provenance`: field ("title", "company.domain") -> what was observed, the winning value first, as it was written.

    In the candidate names and a title that came in one letter case are written properly.
    """

    candidate: Candidate
    provenance: dict[str, list[Observation]]


def merge(candidates: Sequence[Candidate], authority: Sequence[str] = AUTHORITY) -> Merged:
    """One candidate from records of one person. Does not depend on their order. Raises ValueError for none.

    `authority` names sources (or the part before ":"), the weightiest first; "*" stands for all that are not named.
    """
    if not candidates:
        raise ValueError("There is nothing to merge.")
    ranked = sorted(candidates, key=lambda candidate: _rank(candidate, authority))
    best = ranked[0]
    person = _united(ranked, TOGETHER)
    facts = [candidate.company for candidate in ranked]
    company = replace(best.company, **_united(facts, COMPANY_TOGETHER))
    candidate = replace(best, **person, company=company, signals=_signals(ranked))
    return Merged(_properly_cased(candidate), _provenance(candidate, ranked))


def _properly_cased(person: Candidate) -> Candidate:
    country = person.country or person.company.country
    names = (person.full_name, person.first_name, person.last_name)
    full, first, last = cased = cased_names(*names, country)
    title = cased_title(person.title)
    if cased == names and title == person.title:
        return person
    return replace(person, full_name=full, first_name=first, last_name=last, title=title)


def _rank(candidate: Candidate, authority: Sequence[str]) -> tuple[Any, ...]:
    """Sorts by authority, confidence, newest; then by content, so that the order of arrival never decides."""
    age = (candidate.observed_at or _LONG_AGO).timestamp()
    return (_position(candidate.source, authority), -candidate.confidence, -age, candidate.source, repr(candidate))


def _position(source: str, authority: Sequence[str]) -> int:
    names = (source, source.partition(":")[0])
    named = [position for position, name in enumerate(authority) if name in names]
    return named[0] if named else list(authority).index("*") if "*" in authority else len(authority)


def _united(
    ranked: Sequence[Candidate] | Sequence[CompanyFacts], groups: tuple[tuple[str, ...], ...]
) -> dict[str, Any]:
    """The first known value of each field; lists are united; fields that belong together come from one record."""
    names = [item.name for item in fields(ranked[0]) if item.name not in NOT_MERGED]
    united = {name: _first(ranked, name) for name in names if name not in LISTS | {"extra"}}
    for name in (LISTS | {"extra"}) & set(names):
        united[name] = tuple(dict.fromkeys(value for record in ranked for value in getattr(record, name)))
    for group in groups:
        holder = next((record for record in ranked if _is_known(getattr(record, group[0]))), None)
        if holder:
            united |= {name: getattr(holder, name) for name in group}
    return united


def _first(ranked: Sequence[Any], name: str) -> Any:
    values = [getattr(record, name) for record in ranked]
    return next((value for value in values if _is_known(value)), values[0])


def _is_known(value: Any) -> bool:
    return value not in ("", None, ())


def _signals(ranked: Sequence[Candidate]) -> tuple[Signal, ...]:
    """Each once; one without a day has that of the record it came with, which the merged one would not tell."""
    return united_signals(signal for candidate in ranked for signal in candidate.dated_signals())


def _provenance(merged: Candidate, ranked: Sequence[Candidate]) -> dict[str, list[Observation]]:
    paths = [item.name for item in fields(Candidate) if item.name not in NOT_MERGED]
    paths += [CONSENT, *(f"company.{item.name}" for item in fields(CompanyFacts))]
    found = {path: _observations(path, _at(merged, path), ranked) for path in paths}
    return {path: observations for path, observations in found.items() if observations}


def _observations(path: str, winner: Any, ranked: Sequence[Candidate]) -> list[Observation]:
    seen = [
        Observation(value, record.source, record.evidence_url, record.observed_at, record.confidence)
        for record in ranked
        if _is_known(value := _at(record, path))
    ]
    return sorted(seen, key=lambda observation: observation.value != winner)


def _at(candidate: Candidate, path: str) -> Any:
    if path == CONSENT:
        return dict(candidate.extra).get(CONSENT, "")
    head, _, tail = path.partition(".")
    return getattr(candidate.company, tail) if tail else getattr(candidate, head)
