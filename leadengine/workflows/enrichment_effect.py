"""What an enrichment could do to grades: the leads are scored again, in memory, as if each answer came and were good."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from enrichment.models import EnrichmentKind
from leadengine.workflows.enrichment_coverage import Coverage
from leadengine.workflows.enrichment_plan import Plan
from leads.models import EmailStatus, Lead
from scoring.engine import at_least
from scoring.facts import from_leads
from scoring.rescoring import rulebooks_of
from scoring.rules import score_each

WORST = "D"
GOOD = "A"  # the grade whose number is told, and better
BEST = "A+"
SURE_SCORE = 95  # of an address that its mail server confirmed


@dataclass(frozen=True, slots=True)
class Effect:
    """`at_best` leads become A or better if everything that is asked for is found; `expected` by what was found lately.

    `expected` is None where too few were asked to say. `already` of those asked about are A or better, and of the A
    among them `to_best` become A+ if everything is found.
    """

    at_best: int = 0
    expected: int | None = None
    already: int = 0
    to_best: int = 0

    def cost_each(self, credits: Decimal) -> Decimal | None:
        """What a lead that becomes A costs, about."""
        return credits / self.expected if self.expected else None


def effect_of(
    plan: Plan, kinds: Sequence[EnrichmentKind], known: Mapping[EnrichmentKind, Coverage], *, now: datetime
) -> Effect:
    """By the scoring engine and the profiles in force. What is found about companies cannot be foreseen: it counts nothing."""
    asked = _asked(plan, kinds)
    leads = [lead for lead in plan.leads if lead.pk in asked]
    if not leads:
        return Effect()
    better = [_as_found(lead, asked[lead.pk]) for lead in leads]
    after = list(score_each(from_leads(better, now=now), rulebooks_of(leads)).grade)
    risen = [asked[lead.pk] for lead, new in zip(leads, after, strict=True) if _passes(lead, new, GOOD)]
    already = [lead for lead in leads if at_least(_grade_now(lead), GOOD)]
    to_best = sum(
        _passes(lead, new, BEST) and at_least(_grade_now(lead), GOOD) for lead, new in zip(leads, after, strict=True)
    )
    return Effect(len(risen), _expected(risen, known), len(already), to_best)


def _passes(lead: Lead, new: str, grade: str) -> bool:
    """Whether it is that grade or better only by what is found."""
    return at_least(new, grade) and not at_least(_grade_now(lead), grade)


def _grade_now(lead: Lead) -> str:
    """As people see it; the worst one for a lead that was never scored."""
    score = getattr(lead, "score", None)
    return score.grade if score else WORST


def _asked(plan: Plan, kinds: Sequence[EnrichmentKind]) -> dict[UUID, list[EnrichmentKind]]:
    found: dict[UUID, list[EnrichmentKind]] = {}
    for each in plan.of(kind for kind in kinds if kind in FOUND):
        for lead in each.wanted:
            found.setdefault(lead.pk, []).append(each.kind)
    return found


def _expected(risen: Sequence[Sequence[EnrichmentKind]], known: Mapping[EnrichmentKind, Coverage]) -> int | None:
    """Each counts as often as all that it needs was found lately."""
    needed = {kind for kinds in risen for kind in kinds}
    shares = {kind: known[kind].percent for kind in needed if kind in known}
    if any(shares.get(kind) is None for kind in needed):
        return None
    total = 0.0
    for kinds in risen:
        chance = 1.0
        for kind in kinds:
            chance *= (shares[kind] or 0) / 100
        total += chance
    return round(total)


def _as_found(lead: Lead, kinds: Sequence[EnrichmentKind]) -> Lead:
    """A copy, which is never saved."""
    better = copy.copy(lead)
    for kind in kinds:
        for name, value in FOUND[kind].items():
            setattr(better, name, value)
    better.email = better.email or "found@found.example"
    return better


CONFIRMED = {
    "email_status": EmailStatus.DELIVERABLE.value,
    "email_reason": "mailbox_accepted",
    "email_score": SURE_SCORE,
}
FOUND: Mapping[EnrichmentKind, Mapping[str, object]] = {
    EnrichmentKind.EMAIL: CONFIRMED,
    EnrichmentKind.VERIFY: CONFIRMED,
    EnrichmentKind.LINE: {"phone_type": "mobile", "phone_valid": True},
}
