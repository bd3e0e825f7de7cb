"""What people were told."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import uuid4

from billing.models import Notification, NotificationKind, User, Workspace

_numbers = count(1)


def notification(of: Workspace, user: User, **fields: Any) -> Notification:
    """Unread, in the bell, about a run."""
    given = {"title": f"Run {next(_numbers)} is finished: 4 leads", "kind": NotificationKind.RUN_FINISHED}
    return Notification.objects.create(id=uuid4(), workspace=of, user=user, **given | {"url": "/runs/"} | fields)
