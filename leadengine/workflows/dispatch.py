"""Turns at whatever is due: a queued task only says that work may be due; what is due is read from the rows themselves."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from django.db import connection
from django.utils import timezone

from enrichment.models import EmailCheck, Enrichment, Lookup
from leadengine.leased import Leased
from leadengine.workflows import leases
from leadengine.workflows.checking_email import fail_check, verify_turn
from leadengine.workflows.ending import fail_lane
from leadengine.workflows.enriching_turn import enrich_turn, fail_enrichment
from leadengine.workflows.imports import fail_import, import_turn
from leadengine.workflows.lanes import run_turn
from leadengine.workflows.linkedin_intake import give_up, response_turn
from leadengine.workflows.looking_up import fail_lookup, lookup_turn
from leadengine.workflows.provider_keys import give_up_test, test_turn
from leadengine.workflows.rescoring import fail_rescoring, rescore_turn
from leadengine.workflows.scheduled import scheduled_turn, skip_schedule
from leadengine.workflows.waking import wake
from leads.models import Import, Lane, LinkedInEvent, ProviderKey, SearchSchedule
from scoring.models import Rescoring

SLICE_SECONDS = 15.0
TURN_BATCHES = 3
AFTER_A_BUG = 5.0

Row = TypeVar("Row", bound=Leased)
RowContra = TypeVar("RowContra", bound=Leased, contravariant=True)

log = logging.getLogger("leadengine.dispatch")


class Turn(Protocol[RowContra]):
    """Works on a claimed row for some batches."""

    def __call__(self, row: RowContra, /, *, batches: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of long work: its rows, a turn at one, and what is done with a row that is hopeless."""

    model: type[Leased]
    work_on: Turn[Any]
    give_up: Callable[[Any], object]


KINDS = (
    Kind(Lane, run_turn, fail_lane),
    Kind(Rescoring, rescore_turn, fail_rescoring),
    Kind(SearchSchedule, scheduled_turn, skip_schedule),
    Kind(ProviderKey, test_turn, give_up_test),
    Kind(EmailCheck, verify_turn, fail_check),
    Kind(Lookup, lookup_turn, fail_lookup),
    Kind(Enrichment, enrich_turn, fail_enrichment),
    Kind(LinkedInEvent, response_turn, give_up),
    Kind(Import, import_turn, fail_import),
)


def work() -> str:
    """The task: take turns at whatever is due until the slice is over; then hand on to another wake-up."""
    end = time.monotonic() + SLICE_SECONDS
    while time.monotonic() < end:
        if not turn(now=timezone.now()):
            return "idle"
    wake()
    return "slice"


def turn(*, now: datetime, **only: object) -> bool:
    """Claim one due row of the kind that has waited longest, work a few batches, give it back. False when none was due.

    A row that is given back falls due then, so kinds under constant load take turns. `only` narrows the lanes, and leaves
    everything else alone.
    """
    if only:
        lane = leases.claim(Lane, now=now, **only)
        if lane:
            _take(lane, run_turn, fail_lane)
        return lane is not None
    return any(_turn_at(kind, now) for kind in _longest_waiting(now))


def _longest_waiting(now: datetime) -> list[Kind]:
    waits = [(leases.due_since(kind.model, now=now), kind) for kind in KINDS]
    return [kind for since, kind in sorted(((since, kind) for since, kind in waits if since), key=lambda each: each[0])]


def _turn_at(kind: Kind, now: datetime) -> bool:
    row = leases.claim(kind.model, now=now)
    if row:
        _take(row, kind.work_on, kind.give_up)
    return row is not None


def _take(row: Row, work_on: Turn[Row], give_up: Callable[[Row], object]) -> None:
    """One turn at a claimed row; a row that lost its worker too often is given up instead."""
    if leases.is_hopeless(row):
        row.error = f"No progress after {leases.MAX_STALLS} tries"
        give_up(row)
        return
    try:
        work_on(row, batches=TURN_BATCHES)
    except leases.LeaseLost:
        log.info("%s %s: lease lost", row._meta.model_name, row.pk)
    except Exception:
        _after_a_bug(row)
        raise


def _after_a_bug(row: Leased) -> None:
    """A defect counts as a stall: the row stays claimed and falls due soon, and after five it fails alone."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    due_at = timezone.now() + timedelta(seconds=AFTER_A_BUG)
    type(row)._default_manager.filter(pk=row.pk, epoch=row.epoch).update(due_at=due_at)


def health(*, now: datetime) -> tuple[float, bool]:
    """(seconds the longest-due work has waited, whether any worker holds a lease)."""
    waits, alive = zip(*(leases.waiting(kind.model, now=now) for kind in KINDS), strict=True)
    return max(waits), any(alive)
