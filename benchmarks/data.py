"""Fixed data for benchmarks: the sample directory of seed 1, a workspace with credits, and runs worked off in here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from billing import ledger
from billing.models import Membership, Role, User, Workspace
from leadengine.workflows.briefs import Brief
from leadengine.workflows.dispatch import turn
from leadengine.workflows.generation import start_generation
from leadengine.workflows.workspaces import create_workspace
from leads.criteria import Criteria
from leads.models import Run
from leads.sample import load_sample_directory

COMPANIES, PEOPLE, SEED = 5_000, 20_000, 1


def sample_directory() -> None:
    load_sample_directory(COMPANIES, PEOPLE, SEED)


def workspace_with(credits: int, *, slug: str) -> tuple[Workspace, User]:
    """A new workspace of the sample with this many credits, and its owner."""
    user = User.objects.create_user(f"{slug}@bench.example")
    workspace = create_workspace(slug, slug=slug, owner=None, is_sample=True, country="DE", now=timezone.now())
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    ledger.grant(workspace, Decimal(credits), key=f"grant:{slug}", by=None)
    return workspace, user


def worked_off(workspace: Workspace, user: User, criteria: Mapping[str, Any], *, most_leads: int) -> Run:
    """A run of the directory with all grades allowed, worked off by this one process."""
    brief = Brief(criteria=Criteria.from_json(criteria), sources=("directory",), most_leads=most_leads)
    now, key = timezone.now(), f"{workspace.slug}:{most_leads}"
    run = start_generation(workspace, brief, name="", by=user, request_key=key, shown_at_most=None, now=now)
    while run.is_active and turn(now=timezone.now(), run=run):
        run.refresh_from_db()
    return run
