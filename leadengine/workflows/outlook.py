"""Whom of the few candidates at hand a run would deliver, before it starts: judged as a run does, with nothing locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from leadengine.workflows.deciding import Decided, Room, Seen, decide
from leadengine.workflows.desk import Desk
from leadengine.workflows.judging import Judged, check
from leadengine.workflows.judging_apart import judged_apart
from leadengine.workflows.outcomes import suppressed_among
from leadengine.workflows.regrading import at_companies, of_leads
from leads import known
from leads.candidate import Candidate
from leads.models import Lead
from leads.prospecting import sift
from leads.recognising import Recognised, recognised
from leads.sources.base import SearchRequest
from scoring.facts import from_candidates

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Those who would be delivered: how many by source, and their scores and grades, the best first."""

    by_source: Mapping[str, int] = field(default_factory=dict)
    marks: Sequence[tuple[int, str]] = ()


def outlook(desk: Desk, request: SearchRequest, batches: Sequence[Sequence[Candidate]]) -> Outlook:
    """Who of these passes criteria, contact check, suppression list and what the workspace knows, each person once.

    A batch is what one source has; who is in two of them counts for both, for either may deliver them. The lowest grade
    and the limits of a run are not asked.
    """
    criteria = request.criteria
    judged: list[Judged] = []
    for batch in batches:
        judged += judged_apart(batch, lambda some: [check(each, criteria) for each in sift(some, criteria)])[0]
    if not judged:
        return Outlook()
    seen, found, leads = _seen(desk, request, judged)
    room = Room(leads=len(judged), credits=NOTHING, unit_price=NOTHING)
    kept = [each for each in decide(judged, seen, room) if each.accepted]
    by_source: dict[str, int] = {}
    for each in kept:
        by_source[each.judged.candidate.source] = by_source.get(each.judged.candidate.source, 0) + 1
    return Outlook(by_source, _marks(desk, request, kept, found, leads))


def _seen(desk: Desk, request: SearchRequest, judged: Sequence[Judged]) -> tuple[Seen, Recognised, Mapping[int, Lead]]:
    """What is known of them, and by position the leads that may come again."""
    found = recognised(request.workspace_id, [each.prospect for each in judged])
    ids = {each.lead_id for each in found.known.values()}
    leads = {lead.pk: lead for lead in Lead.objects.filter(pk__in=ids).select_related("company")} if ids else {}
    barred = suppressed_among(request.workspace_id, judged, found.known, leads) if ids else set()
    seen = Seen(
        suppressed=found.suppressed | barred,
        marked=found.marked,
        known=found.known,
        last=known.last_deliveries(ids) if ids else {},
        by_run=set(),
        known_since=request.now - timedelta(days=desk.workspace.reuse_days),
        new_only=request.new_only,
    )
    again = {at: leads[each.lead_id] for at, each in found.known.items() if seen.may_come_again(each.lead_id)}
    return seen, found, again


def _marks(
    desk: Desk, request: SearchRequest, kept: Sequence[Decided], found: Recognised, leads: Mapping[int, Lead]
) -> list[tuple[int, str]]:
    """With all that is known of their companies and of them, as they will be scored."""
    if not kept:
        return []
    rules, now = desk.rules(request.criteria), request.now
    scores = rules.score(from_candidates([each.judged for each in kept], now=now))
    marks = {
        each.index: (int(total), str(grade))
        for each, total, grade in zip(kept, scores.total, scores.grade, strict=True)
    }
    others = {each.index: each.judged for each in kept if each.index not in leads}
    better = at_companies(request.workspace_id, others, rules, asked_at=now, now=now, held=found.held)
    better |= of_leads({each.index: leads[each.index] for each in kept if each.index in leads}, rules, now)
    marks |= {place: (mark.total, mark.grade) for place, mark in better.items()}
    return sorted(marks.values(), reverse=True)
