"""Opens a workspace with everything that its first run needs, and gives people their place in it."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from django.db import transaction
from django.utils.text import slugify

from billing import auditing
from billing.models import CreditAccount, Membership, Role, User, Workspace
from leads.pipeline import ensure_stages
from scoring.profiles import ensure_default


@transaction.atomic
def create_workspace(
    name: str, *, slug: str | None = None, owner: User | None, is_sample: bool = False, country: str = "", now: datetime
) -> Workspace:
    """A workspace with its credit account, pipeline, scoring profile and, if given, its owner.

    `slug` must be free; without one, a free one is made from the name. `country` is an ISO code or "".
    """
    workspace = Workspace.objects.create(name=name, slug=slug or free_slug(name), is_sample=is_sample, country=country)
    CreditAccount.objects.create(workspace=workspace)
    ensure_stages(workspace)
    ensure_default(workspace)
    auditing.record("workspace.created", workspace_id=workspace.pk, by=owner, obj=workspace, now=now)
    if owner:
        Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    return workspace


def free_slug(name: str) -> str:
    """A slug that no workspace has: of the name, with a number when it is taken."""
    stem = slugify(name)[:40] or "workspace"
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in candidates if not Workspace.objects.filter(slug=slug).exists())
