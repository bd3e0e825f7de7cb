"""Takes over what the verifications and lookups of an enrichment came to: the state of each item, its cost, its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from enrichment.lookup_words import in_a_sentence, suggestions
from enrichment.models import (
    EmailCheck,
    EnrichedField,
    Enrichment,
    EnrichmentItem,
    EnrichmentKind,
    FieldState,
    ItemState,
    Lookup,
    Mark,
)
from enrichment.wording import sentence
from leadengine.leased import OPEN_STATES, LeaseState
from leadengine.workflows.enriching import child_key
from leadengine.workflows.enrichment_holds import locked_job
from leads.models import Authority, Evidence

AT_ONCE = 500  # answers
SURE = 0.95  # of what a mail server said of a mailbox, in the same session as of one that cannot exist
GONE = "The person was erased, or the question with them."
Child = EmailCheck | Lookup


@transaction.atomic
def collect(job: Enrichment, *, now: datetime) -> int:
    """Those that have ended since; answers how many. Raises LeaseLost."""
    return collect_ended(locked_job(job), now=now)


def collect_ended(job: Enrichment, *, now: datetime) -> int:
    """The same within a transaction that has locked the enrichment."""
    items = {child_key(item): item for item in job.items.filter(state=ItemState.ASKED).order_by("pk")}
    under_way = _open_keys(job)
    ended = [item for key, item in items.items() if key not in under_way][:AT_ONCE]
    children = _children(job, [child_key(item) for item in ended])
    own = _chosen_by_hand(job, ended)
    fields: list[EnrichedField] = []
    for item in ended:
        child = children.get(child_key(item))
        _close(item, child, now)
        if item.state == ItemState.FOUND and child:
            fields += _fields(item, child, own, now)
    EnrichmentItem.objects.bulk_update(ended, ["state", "charged", "note", "ended_at"])
    EnrichedField.objects.bulk_create(fields)
    return len(ended)


def _open_keys(job: Enrichment) -> set[UUID]:
    """Of the questions that have no answer yet."""
    found: set[UUID] = set()
    for model in (EmailCheck, Lookup):
        rows = model.objects.of(job.workspace_id).filter(hold=job.hold_id, state__in=OPEN_STATES)
        found |= set(rows.values_list("key", flat=True))
    return found


def _children(job: Enrichment, keys: Sequence[UUID]) -> Mapping[UUID, Child]:
    checks, lookups = (model.objects.of(job.workspace_id).filter(key__in=keys) for model in (EmailCheck, Lookup))
    return {each.key: each for rows in (checks, lookups) for each in rows}


def _close(item: EnrichmentItem, child: Child | None, now: datetime) -> None:
    item.ended_at = now
    if child is None:
        item.state, item.note = ItemState.FAILED, GONE
    elif child.state == LeaseState.STOPPED:
        item.state = ItemState.LEFT
    elif child.state != LeaseState.DONE:
        item.state, item.note = ItemState.FAILED, child.error
    else:
        item.charged = child.charged
        item.state, item.note = _came_of(child)


def _came_of(child: Child) -> tuple[ItemState, str]:
    """Whether it found something, and what there is to say of it."""
    if isinstance(child, EmailCheck):
        found = child.found
        is_known = found is not None and found.status != "unknown"
        return (ItemState.FOUND if is_known else ItemState.NOTHING), sentence(found.reason) if found else ""
    told = child.result or {}
    is_found = bool(told.get("email") or told.get("has_line"))
    return (ItemState.FOUND if is_found else ItemState.NOTHING), in_a_sentence(child)[:300]


def _fields(item: EnrichmentItem, child: Child, own: set[UUID], now: datetime) -> list[EnrichedField]:
    now = max(now, child.finished_at or now)  # it is not what somebody else found out since
    if isinstance(child, EmailCheck):
        found = child.found
        after = found.status if found else ""
        return [_measured(item, "email_status", after, "verification", found.confidence if found else SURE, now)]
    if item.kind == EnrichmentKind.LINE:
        told = child.result or {}
        return [_measured(item, "phone_type", str(told["type"]), str(told["provider"]), SURE, now)]
    best = suggestions(child)[0]
    before = item.before.get("email", "")
    mark = Mark.ADDED if not before else Mark.CONFLICT if item.lead_id in own else Mark.CHANGED
    return [
        EnrichedField(
            workspace_id=item.workspace_id, item=item, lead_id=item.lead_id,
            field="email", before=before, after=best.email, mark=mark,
            source=best.source or "finder", url=best.url[:500], confidence=best.percent / 100,
        )
    ]  # fmt: skip


def _measured(
    item: EnrichmentItem, name: str, after: str, source: str, confidence: float, now: datetime
) -> EnrichedField:
    """A fact about what stands there already; it was told on the lead when it was found out."""
    before = item.before.get(name) or ""
    is_new = before in ("", "unchecked")
    mark = Mark.ADDED if is_new else Mark.SAME if before == after else Mark.CHANGED
    return EnrichedField(
        workspace_id=item.workspace_id, item=item, lead_id=item.lead_id,
            field=name, before="" if is_new else before, after=after, mark=mark,
        state=FieldState.APPLIED, source=source, confidence=confidence, undo={"columns": _columns(item, name)},
        decided_at=now,
    )  # fmt: skip


def _columns(item: EnrichmentItem, name: str) -> dict[str, Any]:
    """What stood on the lead before, of the columns that go together."""
    start = "email_" if name == "email_status" else "phone_"
    return {column: value for column, value in item.before.items() if column.startswith(start)}


def _chosen_by_hand(job: Enrichment, items: Sequence[EnrichmentItem]) -> set[UUID]:
    """The leads whose address somebody chose or brought themselves: it is never replaced by default.

    What no evidence says was set by a person, too.
    """
    ids = [item.lead_id for item in items if item.kind == EnrichmentKind.EMAIL]
    rows = Evidence.objects.of(job.workspace_id).filter(lead__in=ids, field="email", is_current=True)
    return set(ids) - set(rows.filter(authority__lt=Authority.FILE).values_list("lead_id", flat=True))
