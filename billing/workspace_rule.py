"""One rule of a workspace, such as a limit or a period: set by managers alone, and audited where it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from billing import auditing
from billing.membership import NotAllowed, power
from billing.models import Role, User, Workspace


def as_it_is(value: Any) -> Any:
    return value


def as_credits(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


@transaction.atomic
def set_rule(
    workspace: Workspace,
    field: str,
    value: Any,
    *,
    verb: str,
    refusal: str,
    by: User | None,
    now: datetime,
    told: Callable[[Any], Any] = as_it_is,
) -> Workspace:
    """The workspace as it is then; `told` says a value in the audit log. Raises NotAllowed with the refusal."""
    if power(by, workspace) not in {Role.MANAGER, Role.OWNER}:
        raise NotAllowed(refusal)
    workspace = Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    before, after = {field: told(getattr(workspace, field))}, {field: told(value)}
    if before != after:
        setattr(workspace, field, value)
        workspace.save(update_fields=[field])
        auditing.record(verb, workspace_id=workspace.pk, by=by, obj=workspace, before=before, after=after, now=now)
    return workspace
