"""Running a search again: what it differs in from the run before it, and what it would find and cost now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, Q, When

from leadengine.workflows.briefs import Brief
from leadengine.workflows.estimating import Estimate, estimate
from leads.criteria import Criteria, InvalidCriteria
from leads.criteria.comparing import Difference, differences
from leads.models import Exclusion, Reason, Run
from leads.sources import registry


def estimate_again(run: Run, *, by: Any, now: datetime) -> Estimate | None:
    """The same search for people who are new by now; None where its criteria are not understood any more."""
    try:
        criteria = Criteria.from_json(run.criteria)
    except InvalidCriteria:
        return None
    brief = Brief(
        criteria=criteria,
        sources=tuple(run.sources),
        most_leads=run.most_leads,
        lowest_grade=run.lowest_grade,
        verify_emails=run.verify_emails,
        file_id=run.source_file_id,
    )
    return estimate(run.workspace, brief, by=by, now=now)


def below_grade(run: Run) -> int:
    """How many the run left out for their grade alone: the same search with the same limit leaves them out again."""
    left_out = Exclusion.objects.of(run.workspace_id).filter(
        run=run, reason=Reason.BELOW_GRADE, included_at__isnull=True
    )
    return left_out.count()


def earlier_run(run: Run) -> Run | None:
    """The run before of the same search, by its name; else the one that the same person started before."""
    before = Run.objects.of(run.workspace_id).filter(number__lt=run.number)
    akin = before.filter(Q(name=run.name) | Q(started_by=run.started_by_id))
    return akin.order_by(Case(When(name=run.name, then=0), default=1), "-number").first()


def compared(before: Run, after: Run) -> tuple[Difference, ...]:
    """What the later one asks differently: criteria, then sources and limits."""
    try:
        asked = list(differences(Criteria.from_json(before.criteria), Criteria.from_json(after.criteria)))
    except InvalidCriteria:
        asked = []
    return (*asked, *limits_compared(before, after))


def limits_compared(before: Run, after: Run) -> tuple[Difference, ...]:
    """Sources and limits that differ: most leads "50" before, "100" after."""
    pairs = [
        ("Sources", _titles(before), _titles(after)),
        ("Most leads", f"{before.most_leads:,}", f"{after.most_leads:,}"),
        ("Lowest grade", before.lowest_grade, after.lowest_grade),
        ("Whom", _whom(before), _whom(after)),
        ("E-mail addresses", _checks(before), _checks(after)),
    ]
    return tuple(Difference(label, earlier, later) for label, earlier, later in pairs if earlier != later)


def _titles(run: Run) -> str:
    return ", ".join(registry.title(name) for name in run.sources)


def _checks(run: Run) -> str:
    return "verified" if run.verify_emails else "not verified"


def _whom(run: Run) -> str:
    return "new people only" if run.new_only else "people you know too"
