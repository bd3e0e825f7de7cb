"""The lease on a row of long work: claimed by one worker at a time, fenced by its epoch, due again when the worker dies."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from leadengine.leased import OPEN_STATES, Leased, LeaseState

LEASE = timedelta(seconds=30)
MAX_STALLS = 5
WAIT_SECONDS = 0.2

Row = TypeVar("Row", bound=Leased)


class LeaseLost(Exception):
    """Another worker holds the row now, or its work was stopped: whatever was being done must not be saved."""


@transaction.atomic
def claim(model: type[Row], *, now: datetime, **only: object) -> Row | None:
    """Take the row that is due, fair between workspaces: who has fewest workers now, then who waited longest.

    A row that was claimed and never given back lost its worker: a stall. The caller ends a row that `is_hopeless`.
    """
    row = _due(model, now, only)
    if row is None:
        return None
    if row.claimed:
        row.stalls += 1
    row.state, row.claimed, row.epoch = LeaseState.RUNNING, True, row.epoch + 1
    row.taken_at, row.due_at = now, now + LEASE
    row.save(update_fields=["state", "claimed", "epoch", "taken_at", "due_at", "stalls"])
    return row


def take_turn(model: type[Row], turn: Callable[..., object], *, batches: int = 1, **only: object) -> None:
    """Work at once, beside any workers, at the row of these that is due; a moment's wait where none is."""
    if not work_at(model, turn, batches=batches, **only):
        time.sleep(WAIT_SECONDS)


def work_at(model: type[Row], turn: Callable[..., object], *, batches: int = 1, **only: object) -> bool:
    """The same without the wait: False where none is due. Who loses the row meanwhile looks at it anew like anybody."""
    row = claim(model, now=timezone.now(), **only)
    if row:
        with suppress(LeaseLost):
            turn(row, batches=batches)
    return row is not None


def is_hopeless(row: Leased) -> bool:
    """Whether it lost its worker so often that it must be the row's own fault."""
    return row.stalls > MAX_STALLS


def _due(model: type[Row], now: datetime, only: dict[str, object]) -> Row | None:
    is_open = Q(state__in=OPEN_STATES)
    # No order_by("workspace") of the default manager may leak into the grouping: it is cleared.
    mine = model._default_manager.filter(workspace_id=OuterRef("workspace_id")).order_by().values("workspace_id")
    busy = mine.filter(is_open, claimed=True, due_at__gt=now).annotate(n=Count("pk")).values("n")
    served = mine.annotate(last=Max("taken_at")).values("last")
    return (
        model._default_manager.select_for_update(skip_locked=True, of=("self",))
        .filter(is_open, due_at__lte=now, **only)
        .order_by(Coalesce(Subquery(busy), 0), F("served").asc(nulls_first=True), "due_at", "pk")
        .alias(served=Subquery(served))
        .first()
    )


def renew(row: Leased, *, now: datetime) -> bool:
    """A whole lease from now on; False when it was lost, or the work was stopped."""
    mine = type(row)._default_manager.filter(pk=row.pk, epoch=row.epoch, state=LeaseState.RUNNING)
    return bool(mine.update(due_at=now + LEASE))


def give_back(row: Leased, *, now: datetime, delay: float = 0.0) -> None:
    """Put a row back in the queue, due after `delay` seconds; nothing happens when the lease was lost."""
    model = type(row)
    model._default_manager.filter(pk=row.pk, epoch=row.epoch, state=LeaseState.RUNNING).update(
        claimed=False, due_at=now + timedelta(seconds=delay)
    )


def due_since(model: type[Leased], *, now: datetime) -> datetime | None:
    """When the row that has been due longest fell due; None if nothing is due."""
    due = model._default_manager.filter(state__in=OPEN_STATES, due_at__lte=now)
    return due.order_by("due_at").values_list("due_at", flat=True).first()


def waiting(model: type[Leased], *, now: datetime) -> tuple[float, bool]:
    """(seconds that the longest-due row has waited, whether any lease is alive): what the supervisor watches."""
    oldest = due_since(model, now=now)
    alive = model._default_manager.filter(state__in=OPEN_STATES, claimed=True, due_at__gt=now).exists()
    return ((now - oldest).total_seconds() if oldest else 0.0), alive
