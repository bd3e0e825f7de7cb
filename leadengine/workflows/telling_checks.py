"""Tells verdicts where people look: on the lead, in its history, on its timeline, in its score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from enrichment.known_verdicts import COLUMNS, columns_of
from enrichment.models import EmailCheck
from enrichment.opinion_words import costs
from enrichment.verdict import EmailVerdict
from enrichment.wording import sentence
from leadengine.wording import in_credits
from leads.models import Activity, ActivityKind, FieldChange, Lead
from scoring.rescoring import rescore

SOURCE = "verification"
SCORED = ("email_status", "email_reason", "email_flags", "email_score")


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict on the address of a lead that is held for scoring; `is_news`: it has its line on the timeline."""

    lead: Lead
    check: EmailCheck
    verdict: EmailVerdict
    charged: Decimal = Decimal(0)
    is_news: bool = True


def tell_verdicts(told: Sequence[Told], *, now: datetime) -> None:
    """Within the transaction that settles them. A score changes only where the verdict did."""
    before = {each.lead.pk: {name: getattr(each.lead, name) for name in SCORED} for each in told}
    for each in told:
        for name, value in columns_of(each.verdict, now=now).items():
            setattr(each.lead, name, value)
        each.lead.updated_at = now
    Lead.objects.bulk_update([each.lead for each in told], [*COLUMNS, "updated_at"])
    changed = [
        each for each in told if any(getattr(each.lead, name) != was for name, was in before[each.lead.pk].items())
    ]
    FieldChange.objects.bulk_create(
        _change(each, before[each.lead.pk]["email_status"], now)
        for each in changed
        if each.lead.email_status != before[each.lead.pk]["email_status"]
    )
    Activity.objects.bulk_create(_line(each, now) for each in told if each.is_news)
    by_status: dict[str, list[Lead]] = defaultdict(list)
    for each in changed:
        by_status[each.verdict.status].append(each.lead)
    for status, leads in by_status.items():
        rescore(leads, why=f"E-mail checked: {status}", now=now)


def _change(told: Told, before: str, now: datetime) -> FieldChange:
    lead = told.lead
    return FieldChange(
        workspace_id=lead.workspace_id, lead=lead, field="email_status", before=before, after=lead.email_status,
        source=SOURCE, by=told.check.by, changed_at=now,
    )  # fmt: skip


def _line(told: Told, now: datetime) -> Activity:
    ours = in_credits(told.charged) if told.charged else ""
    theirs = [str(each) for each in costs(told.verdict.evidence.get("external") or ()) if each.credits or each.possible]
    cost = " and ".join(filter(None, [ours, *theirs])) or "Free"
    end = "It is asked again later." if told.verdict.retry_at else f"{cost}."
    text = f"{told.verdict.status.capitalize()}: {sentence(told.verdict.reason)} {end}"
    return Activity(
        workspace_id=told.lead.workspace_id, lead=told.lead, kind=ActivityKind.CHECKED, text=text, by=told.check.by,
        run_id=told.check.run_id, occurred_at=now,
    )  # fmt: skip
