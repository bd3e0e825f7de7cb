"""The outcome of each prospect of a batch, decided under locks by what the workspace knows, with its identities taken.

Call it with run and lane locked. It locks the leads that the prospects are known as, then the identities, both sorted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from leadengine.workflows.deciding import Decided, Room, Seen, decide
from leadengine.workflows.judging import Judged
from leadengine.workflows.regrading import Mark, marked, regraded
from leads import intake, known
from leads.companies import related
from leads.known import Known
from leads.models import Lead, Reason, Run
from leads.prospecting import Refusal
from leads.suppressing import Digest, digests, suppressed
from scoring.rules import Rules

Marks = Mapping[int, Mark]


def outcomes_of(
    run: Run, judged: Sequence[Judged], room: Room, rules: Rules, *, lowest: str, marks: Marks, now: datetime
) -> list[Decided]:
    """One for each prospect, in their order; who lost an identity to somebody else is refused.

    `lowest`: the least grade to deliver. `marks`: by position, the grades that are certain already.
    """
    seen, again = seen_by(run, judged, now)
    regarded = marked(regraded(run, judged, again, rules, lowest=lowest, now=now), marks, lowest=lowest)
    decided = decide(regarded, seen, room)
    new = [each.accepted for each in decided if each.accepted and each.accepted.is_new]
    grown = [(lead_id, each.judged.prospect) for each in decided if (lead_id := each.adds_to)]
    lost = intake.claim_leads(run.workspace_id, new, grown)
    mine = {each.lead_id for each in new} | {lead_id for lead_id, _ in grown}
    return [_unless_lost(each, lost, mine) for each in decided]


def _unless_lost(each: Decided, lost: Mapping[UUID, UUID], mine: Collection[UUID]) -> Decided:
    """The outcome as it was, or the refusal of a prospect that is somebody else's lead: this batch's, or another run's."""
    winner = lost.get(each.accepted.lead_id) if each.accepted else None
    if winner is None:
        return each
    refusal = Refusal(Reason.ALREADY_KNOWN, "In your leads already: another run delivered it at the same moment")
    if winner in mine:
        refusal = Refusal(
            Reason.DUPLICATE_IN_RUN, "This run delivered this lead already, under the same address or profile"
        )
    return Decided(each.index, each.judged, refusal=refusal, lead_id=winner)


def seen_by(run: Run, judged: Sequence[Judged], now: datetime) -> tuple[Seen, dict[int, Lead]]:
    """What is known of them; and by position the leads that may be delivered again. The leads are locked."""
    found = known.find(run.workspace_id, [each.prospect for each in judged])
    leads = known.locked({each.lead_id for each in found.values()})
    seen = Seen(
        suppressed=suppressed_among(run.workspace_id, judged, found, leads),
        marked=related(run.workspace_id, [each.candidate.company for each in judged]),
        known=found,
        last=known.last_deliveries(leads),
        by_run=known.delivered_by(run.pk, leads),
        known_since=now - timedelta(days=run.workspace.reuse_days),
        new_only=run.new_only,
    )
    return seen, {at: leads[it.lead_id] for at, it in found.items() if seen.may_come_again(it.lead_id)}


def suppressed_among(
    workspace_id: int, judged: Sequence[Judged], found: Mapping[int, Known], leads: Mapping[UUID, Lead]
) -> set[int]:
    """Who is on the list by an address of any record, of the checks, or of the lead it is known as; and the leads that
    are marked as not to be contacted.
    """
    of_leads = _digests_of(leads)
    wanted = [digests(each.prospect.records, [("phone", each.contact.phone)]) for each in judged]
    for index, each in found.items():
        wanted[index] |= of_leads.get(each.lead_id, set())
    barred = {lead_id for lead_id, lead in leads.items() if lead.do_not_contact}
    return suppressed(workspace_id, wanted) | {index for index, each in found.items() if each.lead_id in barred}


def _digests_of(leads: Mapping[UUID, Lead]) -> dict[UUID, set[Digest]]:
    identities = known.identities_of(leads)
    return {
        lead_id: digests([known.as_candidate(lead)], [(each.kind, each.value) for each in identities[lead_id]])
        for lead_id, lead in leads.items()
    }
