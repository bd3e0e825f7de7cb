"""Which leads of the workspace the people of an import are, by what its owner lets count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadengine.workflows.import_reading import Reading
from leads.criteria import Criteria
from leads.identity import domain_key
from leads.known import Known
from leads.models import Import, Lead, MatchBy
from leads.prospecting import Prospect, prospect

EVERYBODY = Criteria()


def person_of(told: Sequence[Reading]) -> Prospect | None:
    """The person that a row and its duplicates make together; None where no row can be read any more."""
    candidates = [each.candidate for each in told if each.candidate]
    return prospect(candidates, EVERYBODY) if candidates else None


def counting(job: Import, people: Sequence[Prospect], found: Mapping[int, Known]) -> dict[int, Known]:
    """Of those that were recognised the ones that count. What is the same for certain always does; one query at most."""
    likely = {index: each for index, each in found.items() if each.bits is not None}
    if job.match_by == MatchBy.PERSON or not likely:
        return dict(found)
    certain = {index: each for index, each in found.items() if each.bits is None}
    if job.match_by == MatchBy.EMAIL:
        return certain
    rows = Lead.objects.of(job.workspace_id).filter(pk__in=[each.lead_id for each in likely.values()])
    domains = dict(rows.values_list("pk", "company__domain"))
    same = {index: each for index, each in likely.items() if _domain(people[index]) == domains.get(each.lead_id)}
    return certain | {index: each for index, each in same.items() if _domain(people[index])}


def _domain(person: Prospect) -> str:
    return domain_key(person.candidate.company.domain)
