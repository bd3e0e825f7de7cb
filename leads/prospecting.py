"""From what a source returned to prospects: duplicates merged, criteria judged, keys made; reads and saves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.identity import Identity, identities, match_keys
from leads.matching import cluster
from leads.merging import Observation, merge
from leads.models import Reason
from leads.sources import registry

LEAST_LIKELIHOOD = 0.3  # a provider that says it is less sure than this has not found the person asked for


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a candidate is not delivered, in a code and in words."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Prospect:
    """One person or company of a batch: the merged facts, where each is from, and the other records of it in the batch.

    `records` are all records that were merged, those of an earlier batch too; `duplicates` only the others of this batch.
    """

    candidate: Candidate
    provenance: dict[str, list[Observation]]
    identities: tuple[Identity, ...]
    keys: tuple[int, ...]
    records: tuple[Candidate, ...] = ()
    duplicates: tuple[Candidate, ...] = ()
    refusal: Refusal | None = None
    revives: tuple[int, ...] = field(default=())

    @property
    def label(self) -> str:
        """Whom it is about, as a person reads it."""
        company = self.candidate.company.name
        name = self.candidate.name
        return f"{name}, {company}" if name and company else name or company or self.candidate.record_id


def sift(candidates: Sequence[Candidate], criteria: Criteria) -> list[Prospect]:
    """One prospect for each person or company among the candidates, in the order of their first record.

    Records of one person are merged before they are judged, so a fact that one lacks another can give.
    """
    groups = sorted(sorted(group) for group in cluster(candidates))
    return [prospect([candidates[index] for index in group], criteria) for group in groups]


def prospect(group: Sequence[Candidate], criteria: Criteria, *, revives: tuple[int, ...] = ()) -> Prospect:
    """The prospect that these records of one person make together; the first record is the one that counts."""
    merged = merge(group)
    return Prospect(
        candidate=merged.candidate,
        provenance=merged.provenance,
        identities=_united(group),
        keys=match_keys(merged.candidate),
        records=tuple(group),
        duplicates=tuple(group[1:]),
        refusal=_judged(merged.candidate, criteria),
        revives=revives,
    )


def at_company(found: Prospect, told: Sequence[Candidate], criteria: Criteria) -> Prospect:
    """The prospect with what other sources told of the company; who somebody is, and whose record, stays as it was."""
    if not told:
        return found
    mine, merged = found.candidate, merge([*found.records, *told])
    candidate = replace(
        merged.candidate,
        source=mine.source,
        record_id=mine.record_id,
        evidence_url=mine.evidence_url,
        observed_at=mine.observed_at,
        confidence=mine.confidence,
    )
    return replace(found, candidate=candidate, provenance=merged.provenance, refusal=_judged(candidate, criteria))


def _united(group: Sequence[Candidate]) -> tuple[Identity, ...]:
    return tuple(dict.fromkeys(identity for candidate in group for identity in identities(candidate)))


def _judged(candidate: Candidate, criteria: Criteria) -> Refusal | None:
    if candidate.likelihood is not None and candidate.likelihood < LEAST_LIKELIHOOD:
        return Refusal(
            Reason.LOW_LIKELIHOOD,
            f"{registry.title(candidate.source)} is {candidate.likelihood:.0%} sure of this match",
        )
    mismatches = criteria.judge(candidate)
    if not mismatches:
        return None
    words = "; ".join(f"{each.criterion}: wanted {each.wanted}, found {each.found}" for each in mismatches)
    return Refusal(Reason.CRITERIA_MISMATCH, words[:300])
